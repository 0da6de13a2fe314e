"""What can be wrong with the log, and with a note or proof that is shown to us, in words."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.procedure.words import Words


@dataclass(frozen=True)
class Flaw:
    """Something that does not fit: where, and a code of WORDS."""

    where: str
    code: str


WORDS = {
    "row_differs": Words("和存证不一样：这一行后来被改过", "differs from what was committed to: the row was changed"),
    "row_missing": Words("存证里有，数据里没有：这一行被删了", "is committed to but gone: the row was deleted"),
    "row_uncommitted": Words("数据里有，没有存证：这一行是后来塞进去的", "was never committed to: the row was put in past the program"),
    "kind_unknown": Words("不认识这一类存证", "this kind of commitment is unknown"),
    "entry_missing": Words("存证账里缺这一条", "this entry of the log is missing"),
    "entry_misplaced": Words("存证账里这个位置不对", "an entry of the log stands where none can be"),
    "entries_unsigned": Words("最后一个签名以后又多出条目", "there are entries after the last signed checkpoint"),
    "entries_lost": Words("存证账比签名的短", "the log is shorter than its checkpoint says"),
    "tile_differs": Words("散列树和条目不一样", "the tile differs from the entries"),
    "tile_missing": Words("散列树缺一块", "the tile is missing"),
    "tile_surplus": Words("散列树多一块", "there is a tile too many"),
    "root_differs": Words("签名的总散列和条目不一样", "the signed root differs from the entries"),
    "size_differs": Words("签名的条数和记下的不一样", "the signed size differs from the row"),
    "checkpoint_missing": Words("缺一次签名，或者次序不对", "a checkpoint is missing or out of order"),
    "older_than_shown": Words("存证账退回到这份签名以前了：数据被换成了旧的", "the log has gone back behind the checkpoint shown: it was replaced by an older copy"),
    "rewritten": Words("存证账和这份签名接不上：历史被改写了", "the log does not continue the checkpoint shown: its history was rewritten"),
    "signature": Words("签名不对", "the signature is wrong"),
    "other_key": Words("不是这把密钥签的", "it is not signed by this key"),
    "checkpoint": Words("不是这本存证账的签名", "it is no checkpoint of this log"),
    "not_included": Words("证明对不上：内容改过，或者不在存证账里", "the proof fails: the content was changed or is not in the log"),
    "proof": Words("这不是存证证明文件", "this is no proof file"),
    "note": Words("看不懂签名的格式", "the signed note can't be read"),
    "key": Words("看不懂这把公钥", "the key can't be read"),
    "base64": Words("里面有看不懂的字符", "something in it is not written as it should be"),
    "number": Words("里面的数字写得不对", "a number in it is not written as it should be"),
}  # fmt: skip
