"""The words mail programs put before what they quote, under what is written, and into subjects.

One table a kind, by language where it matters; taken from mails of Gmail, Outlook, Apple Mail,
Thunderbird, Yahoo and Zimbra in the languages of our members.
"""

import re
from typing import Final

# Anybody can send us a line that almost fits: each repetition is bounded, and can be read one way only.
_ADDRESS: Final = r"<[^<>\s@]{1,100}@[^<>\s@]{1,200}>"
# "On Monday, Ama wrote:". Each begins and ends as shown; the middle names a day and a person.
_ATTRIBUTIONS: Final = (
    r"On\b.{1,300}\bwrote\s?:",
    r"Le\b.{1,300}\ba écrit\s?:",
    r"(?:El|Em|Il|Am|Op|Mnamo)\b.{1,300}\b"
    r"(?:escribió|escreveu|ha scritto|schrieb.{0,200}|schreef.{0,200}|aliandika)\s?:",
    r"(?:في|بتاريخ|يوم|ف[يى])\b.{1,300}(?:كتب|كتبت|كتابة ما يلي)\b.{0,200}:?",
    rf".{{1,200}}{_ADDRESS}\s(?:wrote|a écrit|escribió|escreveu|schrieb|كتب|كتبت)\s?:",
    rf"\d{{4}}[-/.]\d\d?[-/.]\d\d?\b.{{0,200}}{_ADDRESS}\s?:",
)
ATTRIBUTION: Final = re.compile("(?:" + "|".join(_ATTRIBUTIONS) + r")\s*", re.IGNORECASE)
LONGEST_ATTRIBUTION: Final = 600
"""Characters that any of them takes at most."""

ORIGINAL: Final = re.compile(
    r"[-_*\s]{2,}(?:Original Message|Original Appointment|Message d['’]origine|Message original"
    r"|Ursprüngliche Nachricht|Mensaje original|Mensagem original|Messaggio originale"
    r"|الرسالة الأصلية)[-_*\s]{2,}",
    re.IGNORECASE,
)
"""Outlook's line above what it quotes."""

_FROM: Final = r"From|De|Von|Da|Van|Kutoka|من"
_OTHERS: Final = (
    r"Sent|Date|To|Cc|Subject|Envoyé|Date d['’]envoi|À|A|Objet|Gesendet|An|Betreff|Enviado(?: el)?"
    r"|Para|Asunto|Assunto|Enviada(?: em)?|Fecha|Data|Verzonden|Aan|Onderwerp|Inviato|Oggetto"
    r"|تم الإرسال|تاريخ الإرسال|التاريخ|إلى|الى|نسخة|نسخة إلى|الموضوع"
)
HEADER_FROM: Final = re.compile(rf"[*\s]*(?:{_FROM})\s?[*]*\s?:[*\s]*\S.*", re.IGNORECASE)
HEADER_OTHER: Final = re.compile(rf"[*\s]*(?:{_OTHERS})\s?[*]*\s?:[*\s]*.*", re.IGNORECASE)
"""Outlook repeats four headers of what it quotes; bold in HTML."""

FORWARDED: Final = re.compile(r"\s*(?:fwd?|tr|wg|rv|enc|i|إعادة توجيه)\s*:", re.IGNORECASE)
"""A forwarded mail's subject: what follows is what the sender wants to show."""

ANSWERED: Final = re.compile(
    r"\s*(?:re|aw|sv|antw|rép|réf|res|rif|رد|الرد|fwd?|tr|wg|rv|enc|إعادة توجيه)"
    r"(?:\s*\[\d+\])?\s*[:：]|\s*\[[^\[\]]{1,80}\]",
    re.IGNORECASE,
)
"""What mail programs and lists put before a subject."""

MOBILE_SIGNATURE: Final = re.compile(
    r"[*_\[(\s]*(?:"
    r"Sent from (?:my|Mail for|Outlook|Yahoo|Proton|Samsung|a |an |the )|Get Outlook for|Sent with "
    r"|Envoyé de(?:puis)? |Obtenez Outlook|Télécharge[rz] Outlook|Obtenir Outlook"
    r"|Enviado (?:desde|do|a partir)|Obtener Outlook|Obter o? ?Outlook|Gesendet (?:von|mit)|Von meinem"
    r"|Inviato da|Verzonden (?:vanaf|met)|Imetumwa kutoka"
    r"|أ?ُ?رسلت من|تم الإرسال من|أرسل من|الحصول على Outlook|احصل على Outlook"
    r").{0,200}",
    re.IGNORECASE,
)

AUTOMATIC_SUBJECT: Final = re.compile(
    r"\s*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|auto\s*:|out of (?:the )?office"
    r"|réponse automatique|absence du bureau|message d['’]absence|absent du bureau"
    r"|automatische antwort|abwesenheitsnotiz|abwesend"
    r"|respuesta automática|fuera de la oficina|resposta automática|ausência temporária"
    r"|risposta automatica|automatisch antwoord"
    r"|رد تلقائي|الرد التلقائي|رد آلي|خارج المكتب|خارج مقر العمل|إجازة\s*:)",
    re.IGNORECASE,
)
"""Out-of-office answers of programs that set none of the headers that say so."""

DIRECTION_MARKS: Final = dict.fromkeys(
    [*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0xFEFF]
)
"""Invisible marks that mail programs put around names in texts of mixed direction."""
