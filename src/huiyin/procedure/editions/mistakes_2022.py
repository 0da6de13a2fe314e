"""信访工作条例 (2022): what usually goes wrong at each step that a person takes, and what to do instead (常见差错).

By the name of the step. It is experience, not law, and refuses nothing: the guards do that. Where a sentence rests on an article, it says which.
"""

from __future__ import annotations

from huiyin.procedure.words import Words

_RETURNS = (
    Words("只退回、不说改哪里，稿子来回几趟，期限就没了：一次写清哪一项、缺什么、改成怎样。", "Sending it back without saying where costs the days of the term: say once which part, what it lacks and how it should read."),
    Words("该拍板的事借退回拖着：意见不一致的，当面商定再退。", "A return is used to put off a decision: where views differ, talk it over first and then return it."),
)  # fmt: skip
_REQUESTS = (
    Words("嫌来晚了就口头挡回去：先收下登记，写明晚的理由，或者送达、告知有没有欠缺，再由负责复查的一方看。", "A late request is turned away by word of mouth: take and register it, write down why it is late or what was wanting in the delivery, and let those who review it judge."),
    Words("把信封扔了，邮戳就没了：寄来的把信封一起扫描，寄出的日子照邮戳记。", "The envelope is thrown away and the postmark with it: scan both, and take the posting date from the postmark."),
)  # fmt: skip
_REVIEWERS = (
    Words("把复查、复核交给听过原来汇报、改过原稿的人：参加过讨论的也是参加过办理，换一个没有碰过的。", "It goes to somebody who heard the reports or mended the first draft: whoever took part in talking it over took part; choose one who never touched it."),
)  # fmt: skip
_OPINIONS = (
    Words("把原来的意见抄一遍就写“维持”：先逐条写请求人不服什么，每条查了什么、凭什么成立或者不成立。", "The first opinion is copied out and upheld: write first what the petitioner contests, then for each point what was looked into and why it stands or falls."),
    Words("写“变更”却没有写成能照着做的一句话：写明谁、哪天以前、做什么、给多少。", "A change is written so that nobody can carry it out: say who does what, by when, and how much is paid."),
)  # fmt: skip
_SIGNED = (
    Words("只看结论，没有对照请求书：请求里有几条，意见书就要答几条，漏一条就先退回。", "Only the conclusion is read: lay the request beside it; each point in it needs an answer, and where one is missing it goes back first."),
)  # fmt: skip
_HANDED_REVIEW = (
    Words("结论口头说了就当送到：30日从意见书到手那天算，签收、挂号或者见证都要记。", "Telling the result by word of mouth passes for delivery: the 30 days count from the day the paper was in hand; record a signature, a registered letter or a witness."),
    Words("变更、撤销的送了本人，没有告诉原办理单位：同一天提醒它执行或者安排重新办理。", "The petitioner gets a changing or revoking opinion and the first unit isn't told: remind it the same day to carry it out or to handle the matter anew."),
)  # fmt: skip
_OUTSIDE_REVIEW = (
    Words("听人转述就记结论：等意见书原件或者复印件到了，照它的文号、日期、原话记，并扫描附上。", "The outcome is recorded from hearsay: wait for the paper or its copy, take number, date and words from it, and attach it."),
    Words("把成文日期当成送达日期：这是两个日子，后面的30日从送到本人手里那天算。", "The date on the paper is taken for the day of delivery: they differ, and the next 30 days count from the day it reached the petitioner."),
)  # fmt: skip
_TOLD = (
    Words("打了电话就写“已书面告知”：选实际用的方式；要书面的，把告知书送到或者寄到，留凭证。", "A telephone call is recorded as written notice: choose the way that was really used; where writing is due, bring or post the paper and keep the proof."),
)  # fmt: skip
_BROUGHT = (
    Words("家人、保安代签，没有写和本人什么关系、转到没有：写清谁签的，再打电话问本人收到没有。", "A relative or the gatekeeper signs and nothing is said of it: write who signed and how they stand to the petitioner, and ring to ask whether it arrived."),
    Words("拒签就把信拿回来、不记：写明见证人和经过，把信留下，日期照当天记。", "Where the signature is refused the letter is carried back unrecorded: name the witness and what happened, leave the letter, and record that day."),
)  # fmt: skip

MISTAKES: dict[str, tuple[Words, ...]] = {
    "register": (
        Words("把收到日期写成录入日期：15日从收到那天算，邮件看收件章，补录的照实写哪天收到。", "The day of typing is entered as the day of receipt: the 15 days count from receipt; read the receiving stamp, and enter late papers with their true day."),
        Words("把几件事并成一句“反映待遇问题”：一项请求写一行，照本人的话写，后面才能一项一项答。", "Several requests become one line about benefits: write one a line, in the petitioner's words, so that each can be answered."),
    ),
    "accept": (
        Words("先查清楚再受理，登记后放着不决定：受理只看归不归我们管，查实是受理以后的事。", "The facts are looked into first while the matter waits: acceptance only asks whose matter it is; the inquiry comes after."),
        Words("嫌60日紧，把求决当成建议受理：分类看本人要什么，不看我们想怎么办。", "A request is accepted as a suggestion to escape the 60 days: the class follows what the petitioner asks, never what suits us."),
    ),
    "notify": (
        Words("只说“收到了，正在办”：要写收到哪天、谁来办、走什么程序、怎么查进度；定了受理，还要再告知受理（第二十三条、第四十四条第三项）。", "The notice only says that it is being worked on: name the day of receipt, who handles it, by which procedure and how to follow it; once accepted, tell that too (Arts. 23 and 44(3))."),
        *_TOLD,
    ),
    "assign": (
        Words("交给“科室”，没有人认账：定一个人，当天告诉他还剩几天，休假的换人。", "It goes to a section and to nobody: name one person, say the same day how many days are left, and choose another where that one is on leave."),
        Words("交给当初作出那个决定的人去查自己：有利害关系的回避（第二十八条），换一位。", "Whoever made the contested decision is to look into it: those with an interest stand aside (Art. 28); choose another."),
    ),
    "investigate": (
        Words("只写“情况属实”“经了解”：写明问了谁、看了哪份档案第几页、查到什么，别人照着能再查一遍。", "It says that the matter was looked into: write whom you asked, which page of which file you read and what stood there, so that another could look again."),
        Words("没有听本人说就下结论：先听本人陈述事实和理由（第三十一条第六项），走不动的上门或者打电话。", "A conclusion is drawn before the petitioner was heard: hear the facts and reasons first (Art. 31(6)), at home or by telephone where walking is hard."),
    ),
    "extend": (
        Words("拿“工作忙”“人手少”当理由：只有情况复杂才能延（第三十四条），写明哪一处复杂、还要查什么、哪天能查完。", "Being busy or short of staff is given as the reason: only complexity allows it (Art. 34); say what is complex, what is still to be found out and by when."),
        Words("到了最后一天才报批：提前一周看剩几天，领导外出的先约好。", "It is asked for on the last day: look at the days left a week before, and arrange it early where the leader travels."),
    ),
    "tell_extension": (
        Words("批了就当告知了：延期告知书另外送，理由要本人听得懂，新的最后一天写成几月几日。", "Approval passes for telling: the notice is brought separately, with a reason that can be understood and the new last day as a date."),
        *_TOLD,
    ),
    "draft": (
        Words("几项请求合起来答一句：每项单独写结果、理由和哪部规定第几条，查过现行文本再引。", "Several requests get one answer: give each its result, reason and article, and look the article up in the text in force before citing it."),
        Words("情有可原但没有政策的写成“不支持”：请求合理、缺少依据的是“解释说明”（第三十二条），并说明还能申请什么帮助。", "What is fair but has no rule is written as not supported: it is explained (Art. 32), and say which help may still be asked for."),
    ),
    "return": _RETURNS,
    "approve": (
        Words("只改措辞，没有核数字：把金额、工龄、日期和引的条文对着材料核一遍再签。", "Only the wording is read: hold sums, years of service, dates and articles against the papers before you sign."),
        Words("全是文件话，老人看不懂：每项请求先用一句大白话说“给”还是“不给”，再讲道理。", "It is written in the language of files: open each answer with one plain sentence that says yes or no, then give the reasons."),
    ),
    "issue": (
        Words("签完放在文件夹里等人来取：60日看签发，本人的30日看送到，签发当天就安排送。", "It is signed and waits in a folder: the 60 days end with the signature, but the petitioner waits for the paper; arrange delivery the same day."),
        Words("支持的写了执行日期，办款的科室却不知道：签发时把抄件给执行的科室。", "A day is set for carrying it out and the section that pays doesn't know: give it a copy when you sign."),
    ),
    "deliver": (
        *_BROUGHT,
        Words("寄出那天就记成送达：挂号、快递记的是签收那天，查到签收再记。", "The day of posting is recorded as delivery: for a registered letter it is the day it was signed for; look it up first."),
    ),
    "evaluate": (
        Words("替老人勾“满意”，或者边上站着承办人问：由没有办过的人来问，读出选项，照他说的勾。", "A clerk ticks satisfied for an old person, or asks while the handler stands by: let somebody who had no part ask, read out the choices and tick what is said."),
    ),
    "close": (
        Words("为了月底的数字赶着办结：本人的复查期不会因此变短，答应的事没做完就不是办结。", "It is settled early for the month's figures: the review period grows no shorter by it, and what was promised and not done is not settled."),
    ),
    "archive": (
        Words("只归意见书，不归过程：登记、告知、调查记录、送达凭证、信封都要在，缺哪样先补。", "Only the opinion is filed: registration, notices, findings, proofs of delivery and envelopes belong to it; look for what is missing first."),
        Words("涉及离休费、工龄、遗属待遇的定了短期：以后算待遇还要查，照本单位保管期限表选长的。", "Matters of pensions, service or dependants are kept for a short term: they are looked up again for later benefits; follow the unit's table and choose the longer."),
    ),
    "hand_over": (
        Words("交人不交底：把查到哪里、答应过本人什么、还剩几天写在理由里，并打电话告诉本人换了谁。", "The matter is passed on without its story: write how far it got, what was promised and how many days are left, and ring the petitioner to say who follows."),
    ),
    "add_material": (
        Words("收了原件不给收据：能扫描的扫描后当场还原件，留下的写明哪份、几页、谁收的。", "Originals are kept without a receipt: scan and give them back on the spot; where one stays, write which, how many pages and who took it."),
        Words("补了材料却不告诉承办人：影响结论的，当天提醒一声。", "New papers are added and the handler isn't told: where they bear on the result, say so the same day."),
    ),
    "note": (
        Words("写“该人情绪激动、一贯缠访”：只写哪天、谁、说了什么、答应了什么，评价人的话删掉。", "A note calls somebody agitated or a constant complainer: write the day, who, what was said and promised, and strike what judges a person."),
    ),
    "take_back": (
        Words("以为10分钟过了就不能撤：网上按钮没有了，可以到窗口或者打电话，由没有办这件事的人记下。", "It is thought that after 10 minutes nothing can be withdrawn: the button is gone, but at the counter or by telephone somebody who doesn't handle it may record it."),
    ),
    "import_closed": (
        Words("日期记不清就估一个：照原卷的收件章、文号日期写，没有的在正文说明按什么写的，不补造步骤。", "A day that isn't known is guessed: take it from the stamp or the paper, say in the text what it rests on where there is none, and never make up steps."),
        Words("把还没有答复的也当办结导入：没有送到本人的照新件登记，期限照实收到的日子算。", "What was never answered is imported as settled: register it as a new matter, with the days counted from its true receipt."),
    ),
    "propose_simple": (
        Words("图快，把可能不支持的也报简易：简易办法不用于请求可能不被支持的、上级交办的和几个人共同提的（第五条），先看这几样。", "To be quick, a request that may be refused is proposed: simple handling excludes those, what a superior assigned and what several people put forward together (Art. 5 of the Measures); look at these first."),
    ),
    "simple_accept": (
        Words("电话说了就完，没有记：谁、哪天、怎样告诉的、本人怎么说都要留；本人要书面的给书面。", "It is told by telephone and nothing kept: record who told it, when, how and what was said; whoever wants paper gets paper."),
        Words("快到期才发现办不了：办到一半还看不清的就转普通程序，60日从简易受理那天算，拖不出时间。", "It turns out near the end that it can't be done: convert as soon as that is plain; the 60 days count from the simple acceptance, so waiting gains nothing."),
    ),
    "convert": (
        Words("转了不说：告诉本人为什么改、最晚哪天答复，不然他只记得“十天”。", "The petitioner isn't told: say why it changed and by which day the answer comes, or only the ten days are remembered."),
    ),
    "take_duty": (
        Words("只写“依法处理”，没有写哪部法、几条、几天：履责期限跟那部法走，查到条文再定日子。", "It says that it will be dealt with by law and names none: the limit is that statute's; find the article first, then set the day."),
        Words("把普通的待遇请求当依法履责：这里只是申请查处违法行为、请求保护人身权财产权的（第三十一条第五项）。", "An ordinary request for benefits is taken for a statutory duty: this is for asking that a breach be dealt with or that person or property be protected (Art. 31(5))."),
    ),
    "draft_duty": (
        Words("只说“已处理”：写去了哪里、查到什么、责令了什么、改没改；不能履行的写条文和理由。", "It says that action was taken: write where you went, what was found and ordered and whether it was mended; if it can't be performed, give article and reason."),
        Words("漏写不服怎么办：写明向哪个机关申请复议、到哪个法院起诉，各多少天。", "Nothing is said of remedies: name the body for reconsideration and the court, with the days of each."),
    ),
    "return_duty": _RETURNS,
    "lead": (
        Words("压了一两个月才让人去复议，60日已经过了：登记时看出是这类事，当天就口头先说期限，再办导入。", "The petitioner is sent to reconsideration after two months and its 60 days are over: when you see it at registration, tell the limit that very day and then lead the matter over."),
        Words("只写“请走法律途径”：写明哪个机关、地址电话、交什么、最晚哪天；这不是不受理，材料要交代清楚。", "It only says to go to law: name the body, its address and telephone, what to bring and the last day; it is no refusal, and the papers are accounted for."),
    ),
    "inform": (
        Words("一句“不归我们管”把人打发走：先打电话问准那边收不收，再写地址、电话和找谁。", "People are sent off with a mere “not ours”: ring the other body first to be sure, then write its address, its telephone and whom to ask for."),
        Words("材料让老人自己再送一遍：由我们转过去，留转交凭证，只请本人记住文号。", "An old person is to carry the papers there: we pass them on and keep the proof; the petitioner only needs the number."),
    ),
    "tell_direction": (
        Words("寄了就不管：老人看不懂“分流”，再打个电话讲一遍去哪、带什么、最晚哪天。", "The letter is posted and forgotten: such letters are hard to read; ring as well and say where to go, what to bring and by when."),
        *_BROUGHT[1:],
    ),
    "recall_direction": (
        Words("已经口头叫人去了别处，这里悄悄收回：先打电话告诉本人不用跑了，再收回。", "The petitioner was sent elsewhere by word of mouth and it is recalled in silence: ring first so that nobody makes the journey."),
    ),
    "reroute_duty": (
        Words("改了途径就当从头办：受理日期不变，先看还剩几天，查过的材料接着用。", "It is treated as a new start: the acceptance stays, so look at the days left and go on with what was found."),
    ),
    "forward": (
        Words("转给信里告的那个单位：先看“反映谁”，转之前把检举的话摘开，该密封的密封（第三十条）。", "It goes to the very unit complained of: look first at who is accused, and take out and seal what is an accusation (Art. 30)."),
        Words("转出去就算完：告知本人去向是我们的事，15日从收到那天算；要结果的写明哪天前反馈。", "Passing it on passes for done: telling where it went is ours, within 15 days of receipt; where a result is wanted, name the day."),
    ),
    "tell_transfer": (
        Words("等那边受理了再告知：去向先告知，那边受理由它再告知。", "It waits until the other unit accepts: tell where it went now; the acceptance is told by that unit."),
        *_TOLD,
    ),
    "object": (
        Words("写“不属我单位职权”六个字就退：写明依据哪份职责规定、应当归谁、怎么核实的。", "It goes back with a bare “not within our powers”: name the rule on powers, whose it is and how that was checked."),
        Words("提了异议就停手：没有同意以前还是我们的，告知本人、保管材料都照做。", "Work stops with the objection: until it is agreed to the matter is ours; tell the petitioner and keep the papers."),
    ),
    "agree_return": (
        Words("收回来又放着：当天定下新的去处，告诉本人换了哪个单位。", "It comes back and lies: name the new place the same day and tell the petitioner which unit it is."),
    ),
    "refuse_return": (
        Words("只回“请照办”：写明职责依据，不然会再退一次；收到的单位剩几天，一并告诉它。", "The answer only says to get on with it: give the rule on powers, or it comes back again, and say how many days are left."),
    ),
    "transfer_sealed": (
        Words("走普通收发、在群里传照片：装信封密封、专人送、当面签收，经手人越少越好。", "It goes with the ordinary post or as a photograph in a chat: seal it, send a messenger, get a signature, and let as few as possible see it."),
        Words("先找被反映的人“了解情况”：一句都不能问，这本身就是泄露（第三十条、第四十六条第五项）。", "The accused is asked about it first: not a word, for that alone discloses it (Arts. 30 and 46(5))."),
    ),
    "send_up_sealed": (
        Words("照惯例先报本单位领导看：反映的就是整个单位，谁收下谁密封报出，不复印、不登内部簿子。", "It is shown to the unit's own leaders out of habit: it is about the whole unit, so whoever received it seals and sends it, without copies or entries in internal books."),
    ),
    "call_hearing": (
        Words("以为听证期间60日停了：办理中的听证不停期限，只有复核的听证不计（第三十六条），日子往前排。", "It is thought that the 60 days stop: only a hearing in a re-review isn't counted (Art. 36); set an early day."),
        Words("通知里没有写怎么去、能不能带人：老人要轮椅、要家人陪、听不清的，先问好再定地方。", "The notice forgets how to get there: ask about a wheelchair, company and hearing before you choose the place."),
    ),
    "end_hearing": (
        Words("笔录只记主持人的话：各方说了什么、认什么不认什么都记，念给本人听，本人签字。", "The minutes hold the chair's words only: write what each side said, admitted and denied, read it out and have it signed."),
    ),
    "settle": (
        Words("协议写“尽快解决”：写明谁、哪天以前、给什么、多少，将来能对照着看履行没有。", "The agreement says “soon”: write who gives what, how much and by which day, so that its performance can be seen."),
        Words("拿“签了就不许再反映”当条件：本人提出的权利不能拿来换，这样的话删掉（第十八条第四款）。", "It is made a condition never to come again: that right can't be traded; strike such words (Art. 18(4))."),
    ),
    "break_agreement": (
        Words("协议没履行还劝本人再等等：60日一直在走，今天就恢复，写明哪一条没有做到。", "The petitioner is asked to wait a little longer: the 60 days went on; take the matter up again today and say which point was not kept."),
    ),
    "carry_out": (
        Words("下了文、报了计划就写“已执行”：钱到账、事办成才算，打电话问本人收到没有。", "An order or a plan is recorded as done: it is done when the money has arrived or the thing stands; ring and ask."),
        Words("补发几个月只附第一笔凭证：每项一份，说清管到哪个月，后面照新标准发了没有。", "Of several months only the first payment is proved: one proof for each, saying up to which month, and whether the new rate is paid since."),
    ),
    "report_result": (
        Words("只报“已办结”：写办了什么、结论、本人什么态度、意见书文号，附上复印件。", "It only says settled: report what was done, the result, what the petitioner says of it and the number of the opinion, with a copy."),
        Words("把上报的稿子当成给本人的答复：两样都要，报告上级不代替送达本人。", "The report passes for the answer: both are due, and reporting upward doesn't replace delivery."),
    ),
    "reclassify": (
        Words("改以前已经请别人协办、发过抄件：先收回，记下谁看过，再密封。", "Others were asked or got copies before: call these back, note who saw them, then seal it."),
        Words("把“对某科室办事慢不满”也改成检举：要求解决自己的事是求决，检举的是违纪违法的人和事。", "A grumble about a slow section is made an accusation: asking for one's own matter is a request; an accusation tells of a breach by somebody."),
    ),
    "withdraw": (
        Words("承办人上门劝撤，再说是“自愿”：由别人单独问，照原话记；问是不是有人答应或者吓唬过他。", "The handler talks somebody into it and calls it free: another person asks alone, writes down the words, and asks whether anything was promised or threatened."),
        Words("“问题解决了”也记成撤回：解决了的照样答复、送达，记执行，不用撤回来顶数。", "A matter that was solved is recorded as withdrawn: answer it, deliver, and record what was carried out."),
    ),
    "resume": (
        Words("让本人另写一份从头登记：原来的编号、材料、查询码都能用，在这里接着办。", "The petitioner is to write and register anew: number, papers and code still serve; go on here."),
    ),
    "succeed": (
        Words("人去世就把事情停下：待遇核定、丧葬抚恤还要办，先问家里谁来接，再谈材料，话要缓。", "The matter stops with the death: the benefit and the funeral grant are still due; ask gently who goes on, and speak of papers later."),
        Words("信还寄给去世的人：当天改收信人，节日慰问、回访名单也一起停。", "Letters still go to the dead: change the addressee the same day, and stop greetings and calls as well."),
    ),
    "not_again": (
        Words("看着像老事就不再受理：对着复核意见一条一条比，多一份证据、政策变了，都照常受理。", "It looks like the old matter and is closed: compare it point by point with the re-review; a new proof or a changed rule means that it is accepted."),
        Words("写一句“三级终结，不再受理”：写明哪份复核意见、为什么一样，再写谁来帮、帮什么（第三十七条第三款）。", "It only says that all levels are done: name the re-review, why it is the same, and who will help with what (Art. 37(3))."),
    ),
    "not_accepted": (
        Words("没有打电话就说下级在办：先核实它受理了没有、还在不在期限里，超了期的是督办的事。", "It is said that a unit below handles it without asking: make sure that it accepted and is in time; once overdue it is to be supervised."),
        Words("收了材料放在这里：补的新材料当天转给在办的单位，不然它照旧材料答。", "The papers stay here: pass new ones to the unit the same day, or it answers from the old."),
    ),
    "object_outside": (
        Words("在12345系统里点“退单”就完：把理由、职责依据和提出那天的截图留在这里。", "“Return” is pressed in the hotline's system and that is all: keep the reasons, the rule on powers and a picture of that day here."),
        Words("没有等答复就叫本人去别处：同意的文件到手以前，告知和保管还是我们的。", "The petitioner is sent elsewhere before the answer: until its consent is in hand, telling and keeping are ours."),
    ),
    "answer_outside": (
        Words("来文单位没有回话就当同意：没有答复就不是同意，打电话问，记下谁哪天说的。", "Silence is taken for consent: it is none; ring, and record who said what on which day."),
    ),
    "dispute": (
        Words("没有商量就往上报：先和对方通话、见面，把各自依据写下来，上级才好定。", "It goes up before it was talked over: speak with the other side first and write down both reasons, so that it can be decided."),
        Words("等着决定，15日的告知也放下了：先告知本人收到了、正在请上级定。", "While the decision is awaited the 15 days' notice is forgotten: tell the petitioner that it was received and is being decided."),
    ),
    "decide_dispute": (
        Words("定给“两家共同办”：要有一家受理、一个人负责，另一家协办。", "Both are to handle it together: one accepts and one person answers for it; the other helps."),
    ),
    "record_dispute": (
        Words("凭会上一句话就记：等会议纪要或者文件，写明文号；还没有来的，先催。", "A word at a meeting is recorded: wait for the minutes or the paper and its number, and ask for it."),
    ),
    "urgent": (
        Words("先查清楚再报：知道多少报多少，当天报，后面再补。", "It is looked into first: report what is known the same day and add to it later."),
        Words("老人说不想活了也当“情绪问题”记：先救人，联系家属和关怀的同事，再认定紧急。", "Words of not wanting to live are noted as a mood: help first, reach the family and the colleagues who care, then mark it."),
    ),
    "report_urgent": (
        Words("只在电话里说，没有留时间：打完电话马上记几点、谁接的，再补书面。", "It is told by telephone and no time kept: write down at once when and who answered, and follow in writing."),
        Words("报告里写满人的评价：只写什么事、可能怎样、已经做了什么、还要什么支持。", "The report is full of judgements of people: write what it is, what may follow, what was done and which support is needed."),
    ),
    "request_review": _REQUESTS,
    "take_review": _REVIEWERS,
    "draft_review": _OPINIONS,
    "return_review": _RETURNS,
    "issue_review": _SIGNED,
    "deliver_review": _HANDED_REVIEW,
    "record_review": _OUTSIDE_REVIEW,
    "request_rereview": _REQUESTS,
    "take_rereview": _REVIEWERS,
    "draft_rereview": _OPINIONS,
    "return_rereview": _RETURNS,
    "issue_rereview": (
        *_SIGNED,
        Words("复核意见写成“不得再信访”：终结的是这套程序，疏导、帮扶还要做（第三十七条第三款），新事实还可以提。", "The re-review forbids all further petitions: this procedure ends, help goes on (Art. 37(3)), and new facts may be put forward."),
    ),
    "deliver_rereview": _HANDED_REVIEW,
    "record_rereview": _OUTSIDE_REVIEW,
    "rehandle": (
        Words("换了人却照抄旧卷：撤销指出的每一处都重新查，重新听本人说一次。", "Another person copies the old file: look anew into each point for which it was revoked, and hear the petitioner again."),
    ),
    "call_back": (
        Words("打一次没人接就记“未联系上”了事：换个时段、换个号码再打，老人午睡、听不清的慢慢说。", "One call without an answer ends it: try another hour and number; old people sleep at noon, and some need it said slowly."),
        Words("听到不满意就替承办人解释：先记原话，再说还有哪天以前可以请求复查。", "At a complaint the caller defends the handler: write down the words first, then say until which day a review may be asked for."),
    ),
    "identify": (
        Words("拿笔迹、手机号去打听是谁写的：只有本人说明、来信自己写明的才记。", "Handwriting or a telephone number is used to find out who wrote: record only what the petitioner says or the letter itself shows."),
    ),
    "represent": (
        Words("我们替大家挑“好说话”的当代表：代表由他们自己推，推选书请各人签名，写明能办什么。", "We pick those who are easy to talk to: they choose for themselves, with a paper that each signs and that says what the representatives may do."),
        Words("只通知代表，其他人不知道结果：告诉代表请转达，有人来问照样答。", "Only the representatives hear the result: ask them to pass it on, and answer the others when they ask."),
    ),
    "withdraw_own": (
        Words("一位不提了，就把整件撤了：只记这一位，其他人照办；这一位是收信的，先定以后信写给谁。", "One leaves and the whole is withdrawn: record that one only, and settle who gets the letters if it was the one written to."),
    ),
    "authorise": (
        Words("儿女来办就当有委托：先问本人同不同意、同意办哪几样，身体不便的打电话或者上门问。", "A child at the counter passes for authority: ask the petitioner whether and for what, by telephone or at home where coming is hard."),
        Words("委托书只写“全权代理”：请本人把撤回、和解单独写明，没有写明的，代办的人只能查进度、递材料。", "The paper only says full powers: ask the petitioner to name withdrawing and settling; without that the agent may only follow it and hand in papers."),
    ),
    "revoke_authority": (
        Words("先打电话问代办的人同不同意：撤销只看本人，记下来再告诉代办的人。", "The agent is asked for consent first: only the petitioner's word counts; record it, then tell the agent."),
    ),
    "end_guardianship": (
        Words("家里人吵架、说换监护人就改：看判决书或者指定文件，照文件上的日期记。", "It is changed because the family quarrels: ask for the judgment or the paper of appointment, and take the date from it."),
    ),
    "bring_answer": (
        Words("把旧信补寄了却按旧日子算30日：复查期从这次收到算，话要在信里讲明。", "The old letter is brought and the 30 days counted from its old date: they count from this receipt; say so with the letter."),
    ),
    "split": (
        Words("分出来另起收到日期，期限就多出来了：日期跟原信走，分出去的当天也看剩几天。", "The part gets a new day of receipt and thereby more time: it keeps the letter's; look at the days left when you split it."),
        Words("原信里留着已经分走的请求，最后两件都没答：分完看一遍，每项请求只在一件里。", "A request stays in both and is answered in neither: read both over afterwards; each request stands in one of them."),
    ),
    "ask": (
        Words("写“请阅处”：写明查哪件事、要哪份材料、哪天前回，只给要用的部分。", "It says “please see to it”: write what is to be found, which paper is wanted and by when, and give only what is needed."),
        Words("请了协办就不管：意见书还是责任人出，到日子没有回的当天去要。", "Having asked, one waits: the opinion is still yours; on the day it is due, ask for what hasn't come."),
    ),
    "answer_task": (
        Words("回“已处理”三个字：写查到什么、凭什么，附材料；查不到的写查了哪里。", "The answer is a bare “done”: write what was found and on what, with the papers; if nothing was, say where you looked."),
    ),
    "recall_task": (
        Words("人家查了一半才收回，也不说原因：先通个电话，查到的请他先回进展再收。", "It is recalled in the middle of the work: ring first, and let what was found be reported before."),
    ),
    "decide": (
        Words("把会上每个人的话都记进来：只写定了什么、谁办、哪天前；会议记录另存。", "Everybody's words are written in: record what was decided, who does it and by when; the minutes are kept apart."),
        Words("以为记了决定就有人办：要谁办的，另外请协办、写日子。", "It is thought that recording it gets it done: ask those who are to do it, with a day."),
    ),
    "urge": (
        Words("天天催同一句话：写明哪一步、差几天、卡在哪，帮着问一句要什么支持。", "The same words are sent each day: say which step, how many days are left and where it hangs, and ask what help is needed."),
    ),
    "ask_explanation": (
        Words("问“为何拖延”，先定了性：请他写到哪一步、为什么、哪天能完，听过再判断。", "The question already blames: ask how far it is, why, and when it will be done; judge after hearing."),
    ),
    "explain": (
        Words("写“正在加紧办理”：写做了哪几样、差哪一样、卡在谁那里、哪天答复。", "It says that work goes on: write what was done, what is lacking, where it hangs and the day of the answer."),
    ),
    "supervise": (
        Words("督办函只说“请重视”：写哪条规定没有做到、要改成怎样、哪天前书面反馈采纳情况（第四十条）。", "The letter only asks for attention: say which rule was not kept, what should change, and by when they write what they adopt (Art. 40)."),
        Words("只看超没超期：没有超期但推诿、敷衍、请求明确却不支持的，也要督办。", "Only lateness is looked at: shifting, sloppy work and a clear request that was not supported call for it too."),
    ),
    "answer_supervision": (
        Words("反馈里把原因都推给别的科室：先答建议采纳不采纳，再写我们这边做了什么、哪天做完。", "The answer blames other sections: say first whether the advice is adopted, then what we did and when it will be done."),
    ),
    "order_again": (
        Words("退回重办却等着期限自己延：期限照旧，只剩几天的同时安排人帮着办，别让本人等。", "The term is expected to grow: it stays; where few days are left, send help along so that the petitioner doesn't wait."),
        Words("已经送到本人手里的也想拿回来：那封信有效，请本人走复查，或者依法另作一份意见。", "A letter that the petitioner has is to be fetched back: it stands; there is the review, or another opinion made by law."),
    ),
    "order_duty_again": (
        Words("退回只写“重办”，不写错在哪：写明哪条事实、哪条依据错了，期限照旧，一天也没有多。", "It goes back with “again” and nothing else: say which fact or rule is wrong; the limit stays, not a day is added."),
    ),
    "close_agreed": (
        Words("看了“已经履行”几个字就办结：打开协议书看两边的签字，再打电话问本人收到没有。", "The words “carried out” are taken for the thing: open the paper, look at both signatures, and ask the petitioner by telephone."),
    ),
    "name_accused": (
        Words("先去问被反映的人再写：谁也不问，照来信写的选；写的是负责人，选整个单位。", "Those it is about are asked first: ask nobody, choose by what the letter says; where it names a leader, choose the whole unit."),
    ),
}  # fmt: skip
