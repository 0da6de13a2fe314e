"""The papers of the procedure. Official letters: their names, once for the rows, the documents and the record, and whom each is for;
and the steps whose papers the petitioner handed in."""

from __future__ import annotations

from huiyin.procedure.words import Words

LETTERS: dict[str, Words] = {
    "notice": Words("信访事项告知书", "notice of receipt"),
    "transfer": Words("转送（交办）告知书", "notice of where the matter went"),
    "forward": Words("转送函", "letter passing a matter on"),
    "assign_letter": Words("交办函", "letter assigning a matter"),
    "inform": Words("向有权单位提出告知书", "notice of the competent body"),
    "not_accepted": Words("不予受理告知书", "notice that a unit below has the matter"),
    "not_again": Words("不再受理告知书", "notice that a matter is not taken again"),
    "direction": Words("导入法定程序告知书", "notice of the statutory route"),
    "sealed_transfer": Words("检举控告移送函", "letter passing on an accusation"),
    "duty": Words("依法履职告知书", "notice of the statutory duty"),
    "duty_reply": Words("履职情况答复书", "reply on the statutory duty"),
    "simple_acceptance": Words("简易办理告知书", "notice of simple handling"),
    "acceptance": Words("受理告知书", "notice of acceptance"),
    "extension": Words("延期告知书", "notice of extension"),
    "hearing": Words("听证通知书", "notice of a hearing"),
    "mediation": Words("调解（和解）协议书", "agreement after mediation"),
    "opinion": Words("信访处理意见书", "letter of decision"),
    "reply": Words("答复意见书", "letter of reply"),
    "service": Words("送达回证", "proof of delivery"),
    "review_receipt": Words("复查（复核）申请收件回执", "receipt of a request for review"),
    "review_opinion": Words("信访事项复查意见书", "opinion on the review"),
    "rereview_opinion": Words("信访事项复核意见书", "opinion on the re-review"),
    "withdrawal": Words("撤回信访事项确认书", "confirmation of withdrawal"),
    "execution": Words("处理意见落实情况告知书", "notice of what was carried out"),
    "supervision": Words("督办函", "supervisory letter"),
}
BETWEEN_OFFICES = frozenset(
    {"forward", "assign_letter", "sealed_transfer", "supervision"}
)  # never shown to the petitioner or printed large
TO_PETITIONER = frozenset(LETTERS) - BETWEEN_OFFICES - {"service"}
IN_LARGE_PRINT = TO_PETITIONER | {"service"}
HANDING_ON = frozenset(
    {"transfer", "forward", "assign_letter", "sealed_transfer", "inform", "not_accepted", "service"}
)  # written by who had the matter before
FROM_PETITIONER = frozenset(
    {"register", "add_material", "request_review", "request_rereview", "withdraw", "withdraw_own", "resume"}
)  # papers of all other steps are the office's own
