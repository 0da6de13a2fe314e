"""Who stands behind a matter: groups and their representatives (Art. 20), family who act by authorisation (民法典 Arts. 163, 165, 173) or
as guardians (Arts. 23, 39, 175), and a petitioner who becomes known only later (Art. 23(2)).

None of these steps moves a matter. Whether there is anybody to represent, an authorisation to revoke,
the people themselves say (cases.people_steps); the table says what is recorded and what follows. At most five representatives are for
those who come in person: Art. 20(3) speaks of 走访 alone. The Regulations say nothing of who acts for a petitioner; that follows the
Civil Code, and what gives a right away (撤回、和解) is named in writing, as for an agent in court (民事诉讼法 Art. 62(2), by analogy).
Nor do they say what one of several may do for the others: nothing but what all agree to (Art. 55(2), by analogy), and representatives
give nothing away unless those whom they represent agree (Art. 56). Whoever takes back alone takes back their own part.
"""

from __future__ import annotations

from huiyin.procedure.actions import Action, Field, Guard, Paper, Situation, Start, Stop, Together
from huiyin.procedure.articles import AGENCY, END_OF_AGENCY, END_OF_GUARDIANSHIP
from huiyin.procedure.editions import effects_persons_2022 as effects
from huiyin.procedure.editions import guards_routes_2022 as more
from huiyin.procedure.editions.effects_2022 import for_others, for_pleas
from huiyin.procedure.editions.effects_routes_2022 import told_on
from huiyin.procedure.editions.forms_2022 import DELIVER, SERVICE_MODES, choices
from huiyin.procedure.editions.forms_routes_2022 import WITHDRAW
from huiyin.procedure.editions.guards_2022 import (
    ON_AFTER_ISSUE,
    ON_AFTER_RECEIPT,
    ON_NOT_FUTURE,
    SIGNED_OR_WITNESSED,
    WITHIN_TAKE_BACK,
    fact_date,
)
from huiyin.procedure.editions.standing_2022 import ANSWERABLE, OPEN, OWNER, SAME_UNIT, SETTLED
from huiyin.procedure.words import Words

RECORDING = frozenset({"clerk", "handler", "head"})
SCOPES = choices(
    ("papers", "反映情况、递交材料", "Speak and hand in papers"), ("receive", "收取文书", "Receive letters"),
    ("review", "请求复查、复核", "Ask for a review"), ("rate", "评价、接受回访", "Rate, be called back"),
    ("withdraw", "撤回信访事项", "Take the matter back"), ("settle", "调解、和解", "Settle"),
)  # fmt: skip
_GIVEN_AWAY = tuple(choice for choice in SCOPES if choice.code in ("withdraw", "settle"))
GIVES_AWAY = frozenset(choice.code for choice in _GIVEN_AWAY)
OWN_PART = "withdraw_own"
FOR_ALL = frozenset({"withdraw", "settle"})  # the steps that end a matter for everybody who brings it
BASES = choices(
    ("written", "书面委托", "In writing"), ("oral", "本人口头同意，已记录并念给本人听", "By word of mouth; written down and read back"),
    ("guardian", "监护人（法定代理）", "Guardian"),
)  # fmt: skip
# What somebody who is authorised needs in order to take a step for the petitioner.
SCOPE_OF: dict[str, str] = {
    "add_material": "papers", "resume": "papers", "request_review": "review", "request_rereview": "review",
    "evaluate": "rate", "call_back": "rate", "withdraw": "withdraw", OWN_PART: "withdraw", "settle": "settle",
    **dict.fromkeys(
        ("notify", "tell_extension", "tell_transfer", "tell_direction", "deliver", "deliver_review", "deliver_rereview", "record_review",
         "record_rereview", "bring_answer"),
        "receive",
    ),
}  # fmt: skip

_FILES = Field("files", "files", Words("材料", "Papers"), required=False)
IDENTIFY = (
    Field("on", "date", Words("哪天弄清的", "Learned on"), hint=Words("书面告知的15日从这天起算", "The 15 days of the notice count from it")),
    Field("how", "line", Words("怎样弄清的", "How it was learned"), most=200, hint=Words("如：本人来电、来访，信封上的地址；不为这个去打听、追查", "Such as: they called or came in, the address on the envelope; nobody is traced for it")),
    Field("person", "roster", Words("信访人", "Petitioner"), required=False, private=True),
    Field("name", "line", Words("姓名", "Name"), required=False, most=60, private=True, hint=Words("名册上选了人的不用填", "Not needed for somebody chosen from the roster")),
    Field("phone", "line", Words("电话", "Telephone"), required=False, most=30, private=True),
    Field("address", "line", Words("住址", "Address"), required=False, most=200, private=True),
    Field("id_number", "line", Words("证件号码", "ID number"), required=False, most=40, private=True),
    _FILES,
)  # fmt: skip
REPRESENT = (
    Field("people_count", "number", Words("一共多少人", "How many people"), least=1, most=100000),
    Field("representatives", "members", Words("谁是代表", "Representatives"), required=False, hint=Words("走访的，连同新写的最多5位（第二十条）", "For a visit at most 5, with those written below (Art. 20)")),
    Field("joined", "text", Words("新的代表", "New representatives"), required=False, private=True, most=2000, hint=Words("一行一位：姓名，电话，住址", "One a line: name, telephone, address")),
    Field("members", "text", Words("新知道名字的其他人", "Others whose names are known now"), required=False, private=True, most=20000, hint=Words("一行一位，可以不写：名字不清楚的只算在人数里", "One a line, or none: who is not named is counted only")),
    Field("left", "members", Words("谁不再参加", "Who takes no part any more"), required=False),
    Field("main", "member", Words("信写给谁", "To whom the letters go")),
    Field("empowered", "several", Words("推选书写明代表可以替大家办的", "What the paper lets representatives do for all"), required=False, choices=_GIVEN_AWAY, hint=Words("没有写明的不选：代表不能替别人撤回、和解；选了的附上推选书", "Leave empty what it does not name: representatives take nothing back and settle nothing for others; if chosen, add the paper")),
    Field("copies", "members", Words("副本给谁", "Who gets copies"), required=False),
    Field("reason", "text", Words("怎样推选的，为什么变更", "How they were chosen, why it changes"), most=1000),
    Field("files", "files", Words("推选书", "The paper that names them"), required=False),
)  # fmt: skip
AUTHORISE = (
    Field("of", "member", Words("替谁", "For whom"), required=False),
    Field("name", "line", Words("替本人办的人", "Who acts for them"), most=60, private=True),
    Field("relation", "line", Words("是本人的什么人", "Relation"), most=30, private=True, hint=Words("如：女儿", "Such as: daughter")),
    Field("phone", "line", Words("电话", "Telephone"), required=False, most=30, private=True),
    Field("scope", "several", Words("可以替本人做什么", "What they may do"), choices=SCOPES),
    Field("basis", "choice", Words("凭什么", "By what"), choices=BASES),
    Field("from_on", "date", Words("从哪天起", "From")),
    Field("until_on", "date", Words("到哪天止", "Until"), required=False, hint=Words("监护人可以不填", "May stay empty for a guardian")),
    Field("heard", "text", Words("口头同意怎样记的", "How the consent was recorded"), required=False, most=1000, hint=Words("谁问的、本人怎样说的、念给本人听过", "Who asked, what they said, that it was read back")),
    Field("files", "files", Words("委托书、监护证明", "The paper"), required=False, hint=Words("书面委托和监护人要附上", "Needed for a written authorisation and for a guardian")),
)  # fmt: skip
_PETITIONER_DIED = (
    effects.PRINCIPAL_DIED,
    "本人去世（在办的事用“信访人去世”）",
    "The petitioner died (of an open matter: “The petitioner died”)",
)
ENDS_AGENCY = choices(
    (effects.REVOKED, "本人撤销", "Revoked by the petitioner"), ("resigned", "受委托的人辞任", "The agent resigned"), ("died", "受委托的人去世", "The agent died"),
    ("incapable", "受委托的人丧失行为能力", "The agent lost capacity"), _PETITIONER_DIED,
)  # fmt: skip
ENDS_GUARDIANSHIP = choices(
    ("ruled", "法院撤销、变更监护人或者认定监护终止", "A court removed or changed the guardian, or found the guardianship ended"),
    ("named_anew", "依法另行确定监护人（协议、指定）", "Another guardian was agreed on or designated by law"),
    ("recovered", "本人恢复行为能力", "The petitioner regained capacity"), ("died", "监护人去世", "The guardian died"),
    ("incapable", "监护人丧失监护能力", "The guardian can no longer act"), _PETITIONER_DIED,
)  # fmt: skip
REVOKE = (
    Field("agent", "agent", Words("谁的委托", "Whose"), required=True),
    Field("why", "choice", Words("为什么终止", "Why it ends"), choices=ENDS_AGENCY),
    Field("on", "date", Words("从哪天起", "From which day"), hint=Words("说的那天，或者去世的那天", "The day on which it was said, or of the death")),
    Field("how", "line", Words("怎样说的、怎样知道的", "How it was said or learned"), most=200, hint=Words("当面、电话、书面都行；本人撤销、受委托的人辞任都不用理由", "In person, by telephone or in writing; neither side needs a reason")),
    _FILES,
)  # fmt: skip
END_GUARDIANSHIP = (
    Field("agent", "agent", Words("谁的监护", "Whose"), required=True),
    Field("why", "choice", Words("为什么终止", "Why it ends"), choices=ENDS_GUARDIANSHIP),
    Field("on", "date", Words("从哪天起", "From which day"), hint=Words("判决生效、去世的那天", "The day on which the ruling took effect, or of the death")),
    Field("how", "line", Words("凭哪份文件", "By which paper"), most=200, hint=Words("如：法院判决书的字号、死亡证明", "Such as: the number of the ruling, the death certificate")),
    Field("files", "files", Words("判决书、死亡证明等", "The ruling, the death certificate"), required=False, hint=Words("去世的，没有证明也先记下，写明怎样知道的", "A death is recorded without a certificate, too; say how it was learned")),
)  # fmt: skip
WITHDRAW_OWN = (
    Field("who", "member", Words("撤回的是哪一位", "Who takes it back"), required=False),
    *(field for field in WITHDRAW if field.name != "also"),
)
BRING = (
    Field("mode", "choice", Words("送达方式", "How"), choices=tuple(mode for mode in SERVICE_MODES if mode.code != "unknown")),
    *DELIVER[1:],
)  # fmt: skip


def _in_order(situation: Situation) -> bool:
    facts = situation.facts
    if not facts.get("until_on"):
        return facts.get("basis") == "guardian"
    return fact_date("from_on", situation) <= fact_date("until_on", situation)


def _proved(situation: Situation) -> bool:
    oral = situation.facts.get("basis") == "oral"
    return bool(situation.facts.get("heard" if oral else "files"))


ENDS_IN_ORDER = Guard(
    "ends_in_order", _in_order,
    Words("委托要写到哪天止，不能早于开始的日子；监护人可以不写。", "An authorisation names its last day, not before its first; a guardian's may be left open."), field="until_on",
)  # fmt: skip
ENDED_BY_PAPER = Guard(
    "ended_by_paper", lambda s: s.facts.get("why") in ("died", effects.PRINCIPAL_DIED) or bool(s.facts.get("files")),
    Words("附上判决书等文件；只有去世的可以先不附。", "Add the paper; only of a death it may follow later."), field="files",
)  # fmt: skip
PROVED = Guard(
    "proved", _proved,
    Words("书面委托、监护人附上证明；口头同意的写明怎样问的、怎样念给本人听的。", "Add the paper of a written authorisation or a guardian; of a spoken consent say how it was asked and read back."), field="heard",
)  # fmt: skip
GIVEN_AWAY_IN_WRITING = Guard(
    "given_away_in_writing", lambda s: s.facts.get("basis") != "oral" or not GIVES_AWAY & set(s.facts.get("scope") or ()),
    Words("撤回、和解要写在书面委托里，口头同意不够。", "Taking back and settling must be named in writing; a spoken consent is not enough."), field="scope",
)  # fmt: skip
EMPOWERED_IN_WRITING = Guard(
    "empowered_in_writing", lambda s: not s.facts.get("empowered") or bool(s.facts.get("files")),
    Words("代表可以替大家撤回、和解的，附上写明这一点的推选书。", "Where representatives may take back or settle for all, add the paper that says so."), field="files",
)  # fmt: skip
LEFT_TO_BRING = Guard(
    "left_to_bring", lambda s: bool(s.mark("unbrought")),
    Words("没有还没送到的书面答复。", "No answer is left to be brought."), early=True, silent=True,
)  # fmt: skip
OWN_PART_IN_TIME = Guard(
    "own_part_in_time", lambda s: s.by.kind != "petitioner" or WITHIN_TAKE_BACK.holds(s), WITHIN_TAKE_BACK.words, early=True, silent=True,
)  # fmt: skip
KNOWN_BY_NOW = Guard(
    "known_by_now", lambda s: not s.mark("identity_unclear"),
    Words("还不知道是谁；弄清了先“补全信访人”。", "It is not known yet who it is; once it is, “complete who it is” first."), early=True, silent=True,
)  # fmt: skip

ACTIONS = (
    Action(
        "identify", Words("补全信访人", "Complete who it is"), Words("弄清了信访人", "The petitioner became known"), Words("知道您是谁、怎样联系您了", "We know now who you are and how to reach you"),
        "第二十三条第二款", Words("匿名、姓名住址不清的来件，后来弄清了的，写在这里。从弄清那天起15日内书面告知；免去的告知、送达都要补上。不为弄清身份去打听、追查信访人。", "Where name or address of a matter became clear later, they are recorded here. Written notice is owed within 15 days of that day, and so is everything that was waived. Nobody is traced for it."),
        OPEN | SETTLED, None, RECORDING, SAME_UNIT, IDENTIFY, (ON_NOT_FUTURE, ON_AFTER_RECEIPT),
        starts=(Start("notice", effects.owed_since_known),), marks=effects.identified, milestone=True,
    ),
    Action(
        "represent", Words("记信访人、推选代表", "Record the people, their representatives"), Words("信访人、代表变更", "People and representatives recorded"), Words("记下了谁是代表、信写给谁", "We recorded who speaks for you and to whom we write"),
        "第二十条第三款", Words("多人走访提出共同事项的，由他们自己推选代表，不超过5人；换代表也由他们定，记在这里。代表替大家说话、收信；撤回、和解要每一位都同意，除非推选书写明代表可以办（民事诉讼法第五十六条，参照）。其他人的名字知道就写，不知道的只记人数，不追问。信写给一位，其他代表可以收副本。多人共同提出的不适用简易办理（简易办理办法第五条）：正在简易办理的就此转为普通程序，60日从简易受理那天起算。", "Several who bring one matter in person choose their representatives themselves, at most 5, and change them as they like; it is recorded here. Representatives speak and get letters for all; taking back and settling needs everybody's consent unless the paper that names them lets them (Civil Procedure Law, Art. 56, by analogy). Others are named where known, else only counted; nobody is pressed for names. Letters go to one; other representatives may get copies. What several bring is not handled simply (Measures, Art. 5): it takes the ordinary procedure from here, and its 60 days count from the simple acceptance."),
        OPEN, None, RECORDING, SAME_UNIT, REPRESENT, (EMPOWERED_IN_WRITING,),
        starts=(Start("handle", for_pleas(effects.accepted_simply)), Start("reply", for_others(effects.accepted_simply)), Start("notice", effects.turned_notice)), stops=(Stop("simple-accept", effects.no_longer_simple, "replaced"), Stop("simple-handle", effects.no_longer_simple, "replaced")),
        marks=Together((effects.represented, effects.ended_by_leaving)), papers=(Paper("acceptance", lambda marks, facts, on: bool(facts.get("turns_ordinary"))),),
    ),
    Action(
        OWN_PART, Words("其中一位撤回", "One of several takes back their part"), Words("其中一位撤回了自己的一份", "One of several took back their part"), Words("有一位撤回了自己的一份，其他人的照办", "One of you took back their part; it goes on for the others"),
        "第十七条", Words("几个人共同提的，一位撤回的只是自己的一份：这一位不再是信访人，以后不再寄信，替他办的委托、监护到此为止；其他人的照办，期限不变，撤回的经过留在案卷里（民事诉讼法第五十五条第二款，参照）。只有本人自愿才能撤回，不得劝、逼、拿条件换（第十八条第四款）。以后想再参加，用“记信访人、推选代表”。", "Of what several brought, one takes back only their own part: they are no petitioner any more, get no more letters, and nobody acts for them; it goes on for the others with its terms, and the record keeps what happened (Civil Procedure Law, Art. 55(2), by analogy). Only by their own free will; nobody may urge, press or bargain (Art. 18(4)). If they join again, use “Record the people”."),
        ANSWERABLE, None, RECORDING | {"petitioner"}, OWNER | SAME_UNIT, WITHDRAW_OWN,
        (more.ORDINARY_KIND, more.NOT_BY_THE_HANDLER, more.FREELY, more.WITHDRAWAL_ON_PAPER, OWN_PART_IN_TIME, ON_NOT_FUTURE, ON_AFTER_RECEIPT),
        marks=Together((effects.speaks_no_more, effects.ended_by_taking_back)), papers=(Paper("withdrawal", to="who"),), milestone=True,
    ),
    Action(
        "authorise", Words("记家人代办", "Record who acts for them"), Words("记下谁代办", "Who acts for the petitioner was recorded"), Words("记下了谁可以替您办", "We recorded who may act for you"),
        AGENCY.zh, Words("本人请家人代办的，写明谁、什么关系、可以做什么、从哪天到哪天。书面委托附委托书（民法典第一百六十五条），口头同意的写明怎样问的、念过；本人自己随时还可以办，也随时可以撤销。监护人是法定代理人（民法典第二十三条），附监护证明，不用委托。几个人的事，只代表委托自己的那一位。", "Where the petitioner lets family act, write down who, how related, for what, from when until when. Add the paper of a written authorisation (Civil Code, Art. 165), or say how a spoken consent was asked and read back; the petitioner can always act themselves, and revoke it at any time. A guardian acts by law (Art. 23): add the proof, no authorisation is needed. Of several petitioners each is acted for alone."),
        OPEN | SETTLED, None, RECORDING, SAME_UNIT, AUTHORISE, (ENDS_IN_ORDER, PROVED, GIVEN_AWAY_IN_WRITING), marks=effects.authorised,
    ),
    Action(
        "revoke_authority", Words("委托终止", "End an authorisation"), Words("委托终止", "Authorisation ended"), Words("替您办的委托到此为止", "An authorisation to act for you has ended"),
        END_OF_AGENCY.zh, Words("本人一说就撤销，不问理由；受委托的人辞任、去世也在这里记。从这天起不能再凭它替本人办。", "It ends as soon as the petitioner says so, without a reason; an agent who resigns or dies is recorded here, too. From that day nobody acts by it."),
        OPEN | SETTLED, None, RECORDING, SAME_UNIT, REVOKE, (ON_NOT_FUTURE, ON_AFTER_RECEIPT), marks=effects.ended,
    ),
    Action(
        "end_guardianship", Words("监护终止", "End a guardian's authority"), Words("监护终止", "A guardian's authority ended"), Words("监护人不再替您办了", "Your guardian no longer acts for you"),
        END_OF_GUARDIANSHIP.zh, Words("监护人的代理权不凭谁一句话撤销。法院判决、本人恢复行为能力、监护人丧失监护能力或者一方去世，它才终止（民法典第三十九条、第一百七十五条），附上文件。", "Nobody's word ends what the law gives a guardian. A court's ruling, capacity regained, a guardian no longer able to act, or the death of either does (Civil Code, Arts. 39, 175). Add the paper."),
        OPEN | SETTLED, None, RECORDING, SAME_UNIT, END_GUARDIANSHIP, (ON_NOT_FUTURE, ON_AFTER_RECEIPT, ENDED_BY_PAPER), marks=effects.ended,
    ),
    Action(
        "bring_answer", Words("补送书面答复", "Bring the answer after all"), Words("书面答复补送到了", "The answer was brought after all"), Words("书面答复送到您手里", "The written answer reached you"),
        "第三十五条", Words("当时姓名、住址不清没法送的书面答复，弄清以后送到本人手里；请求复查、复核的30日从收到这天起算。", "An answer that could not be brought while name or address were unclear is brought now; the 30 days to ask for a review count from its receipt."),
        frozenset({"delivered", "reviewed", "concluded"}) | SETTLED, None, RECORDING, SAME_UNIT, BRING, (LEFT_TO_BRING, KNOWN_BY_NOW, ON_NOT_FUTURE, ON_AFTER_RECEIPT, ON_AFTER_ISSUE, SIGNED_OR_WITNESSED),
        starts=(Start("request-review", effects.brought_to("review")), Start("request-rereview", effects.brought_to("rereview"))),
        stops=(Stop("notice", told_on, "done"), Stop("notice-passed", told_on, "done")), marks=effects.in_hand, milestone=True,
        papers=(Paper("service", proves=("opinion", "reply", "duty_reply", "direction", "inform", "not_again", "not_accepted", "review_opinion", "rereview_opinion")),),
    ),
)  # fmt: skip
