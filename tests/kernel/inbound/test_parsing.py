"""Mails as the programs of our members compose them, taken apart; samples lie in tests/data/mail."""

import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.inbound.kinds import Nature
from kernel.inbound.parsing import LONGEST, parse

SAMPLES = Path(__file__).parents[2] / "data" / "mail"
OURS = frozenset({"n1.example.org"})

NINE_DAYS = """Dear Wambui,

We tried silver nitrate at 18% in Ho last year. It stayed for nine days on the cuticle, five on the skin, \
also in the rain.

{indent}- keep the bottles closed
{indent}- shake before each voter

Best,
Adwoa"""
KRIBI = "Bonjour,\n\nChez nous, l'encre a tenu dix jours à Kribi.\n\nCordialement"
BASRA = "السلام عليكم،\n\nجربنا الحبر في البصرة وبقي أسبوعا كاملا.\n\nمع التحية\nنور"
CERTIFICATE = (
    "Dear colleagues,\n\nOur supplier’s certificate says “72 hours” – we measured more. "
    "A plan of the desk is attached.\n\nDelroy"
)
INTERLEAVED = """Two short answers below.

> On 3 May 2026, at 09:40, Wambui Fictional <comitia@cen.example.org> wrote:
>
> Does it hold in the tropics?

Yes, nine days.

> And who trained the clerks?

The district offices did.

Ama"""
BETWEEN = """> On 03/05/2026 10:40, Wambui Fictional wrote:
> Does it hold in the tropics?

Nine days.

> Who trains the clerks?

The district offices."""
COOL_BOX = (
    "It does. We keep the ink in a cool box and open one bottle at a time, because it dries within an "
    "hour once it is open.\n\nCheers, Litia"
)
HOLDS, STAFF, SORT = (
    "Does it hold in the tropics?",
    "How many staff for 900 voters?",
    "How do you sort them?",
)
COUNT = "Where do you count?"

WRITTEN = [
    ("gmail_top_posted", NINE_DAYS.format(indent="  "), HOLDS),
    ("gmail_plain_only", NINE_DAYS.format(indent="   "), HOLDS),
    ("gmail_french", KRIBI, HOLDS),
    ("gmail_french_plain", KRIBI, HOLDS),
    ("gmail_arabic", BASRA, HOLDS),
    ("gmail_arabic_plain", BASRA, HOLDS),
    ("outlook_arabic_iso_8859_6", "تحية طيبة،\n\nنستعمل الحبر الأزرق منذ عام 2014.", HOLDS),
    ("outlook_desktop", CERTIFICATE, HOLDS),
    ("outlook_desktop_plain", CERTIFICATE, HOLDS),
    (
        "outlook_365_french_html_only",
        "Bonjour à tous,\n\nDeux agents suffisent si les registres sont triés la veille.",
        STAFF,
    ),
    ("outlook_android", "The boat leaves at six, so the count starts on board.", COUNT),
    ("apple_mail_top_posted", "Nine days, measured in Ho.\n\nAma", HOLDS),
    ("apple_mail_plain", "Nine days, measured in Ho.\n\nAma", HOLDS),
    ("apple_mail_interleaved", INTERLEAVED, ""),
    ("iphone_with_photo", "We shake the bottle. Photo below.", HOLDS),
    ("samsung_plain", "Agreed, we will send the form on Monday.", COUNT),
    ("thunderbird_bottom_posted", COOL_BOX, HOLDS),
    ("thunderbird_html_bottom_posted", "It does, and it comes off with bleach.", HOLDS),
    ("thunderbird_interleaved", BETWEEN, "Yours,\nWambui"),
    ("yahoo_html", "We print the registers by street.", SORT),
    ("yahoo_plain", "We print the registers by street.", SORT),
    (
        "new_topic_mislabelled",
        "We have 300 seafarers. “Proxy” is not in our law – what do others do?\n\n"
        "Option 1: vote on board.\nOption 2: vote early.",
        "",
    ),
    ("outlook_meeting_accepted", "Thursday suits us, here is the invitation.", ""),
    ("unknown_charset", "L’encre a tenu trois jours à Douala, puis elle a pâli.", ""),
    ("with_a_mail_attached", "The supplier's answer is attached.", ""),
    ("nothing_but_a_quote", "", "Does it hold?"),
]


def sample(name):
    return parse((SAMPLES / f"{name}.eml").read_bytes(), own_domains=OURS)


@pytest.mark.parametrize(("name", "text", "quoted"), WRITTEN, ids=[row[0] for row in WRITTEN])
def test_what_was_written_is_told_from_what_was_quoted(name, text, quoted):
    mail = sample(name)
    assert mail.text == text
    assert quoted in mail.quoted
    assert bool(mail.quoted) == bool(quoted)
    assert (mail.nature, mail.sender) == (Nature.PERSONAL, "adwoa@example.org")


def test_a_forwarded_mail_is_what_its_sender_wants_to_show():
    mail = sample("gmail_forwarded")
    assert mail.text.startswith("See the offer we got.\n\n> ")
    assert "> Ten litres at 40 USD." in mail.text
    assert mail.quoted == ""


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("outlook_desktop", ["Plan du bureau été.pdf"]),
        ("iphone_with_photo", ["IMG_0042.png"]),
        ("outlook_meeting_accepted", ["invitation.ics"]),
        ("with_a_mail_attached", ["answer.eml", "notes.txt"]),
        ("gmail_top_posted", []),
    ],
)
def test_files_come_with_their_names_and_the_logo_of_a_signature_stays_out(name, files):
    assert [file.name for file in sample(name).attachments] == files


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("auto_*.eml")))
def test_out_of_office_answers_are_recognised_with_and_without_their_headers(name):
    assert sample(name).nature is Nature.AUTOMATIC


def test_our_own_mail_that_comes_back_is_a_loop():
    assert sample("loop_own_list").nature is Nature.LOOP


@pytest.mark.parametrize(
    ("headers", "nature"),
    [
        ({}, Nature.PERSONAL),
        ({"Auto-Submitted": "no"}, Nature.PERSONAL),
        ({"Auto-Submitted": "auto-replied; owner-email=x"}, Nature.AUTOMATIC),
        ({"Precedence": "auto_reply"}, Nature.AUTOMATIC),
        ({"Precedence": "first-class"}, Nature.PERSONAL),
        ({"X-Auto-Response-Suppress": "DR, OOF"}, Nature.AUTOMATIC),
        ({"Return-Path": "<>"}, Nature.AUTOMATIC),
        ({"Return-Path": "<ama@example.org>"}, Nature.PERSONAL),
        ({"Subject": "Re: Automatic reply: ink"}, Nature.PERSONAL),
        ({"Subject": "Out of Office: ink"}, Nature.AUTOMATIC),
        ({"Subject": "Out of offices and into the field"}, Nature.AUTOMATIC),
        ({"List-Id": "<other.example.net>"}, Nature.PERSONAL),
        ({"List-Id": "Small states <small.n1.example.org>"}, Nature.LOOP),
    ],
)
def test_headers_tell_who_wrote(headers, nature):
    message = EmailMessage()
    message["From"] = "ama@example.org"
    for name, value in headers.items():
        message[name] = value
    message.set_content("Yes.")
    assert parse(message.as_bytes(), own_domains=OURS).nature is nature


def test_a_mail_refers_to_the_nearest_first():
    mail = sample("gmail_top_posted")
    assert mail.refers_to == ("post-2@n1.example.org", "post-1@n1.example.org")
    assert mail.message_id == "CAGmail1@mail.gmail.com"


@pytest.mark.parametrize(
    "value", ["", "<>", "<a b@c>", "no-at", "<a@b>\r\n <c@d>", "<" + "a" * 300 + "@b>", "<é@b>"]
)
def test_an_identity_that_could_not_be_repeated_is_none(value):
    raw = f"From: a@example.org\r\nMessage-ID: {value}\r\n\r\nYes.".encode()
    assert parse(raw).message_id is None


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        ("From: Ama <AMA@Example.org>", "ama@example.org"),
        ("From: ama@example.org", "ama@example.org"),
        ("From: ama@example.org, eve@example.net", ""),
        ("From: ama@example.org\r\nFrom: eve@example.net", ""),
        ('From: "ama@example.org" <eve@example.net>', "eve@example.net"),
        ("From: ama@example.org <eve@example.net>", ""),
        ("From:", ""),
        ("Sender: ama@example.org", ""),
    ],
)
def test_the_sender_is_one_address_or_nobody(header, sender):
    assert parse(f"{header}\r\n\r\nYes.".encode()).sender == sender


DASHES = "Before.\n\n-- \n" + "\n".join(f"line {n}" for n in range(30))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Yes.\n\nSent from my iPhone", "Yes."),
        ("Yes.\n-- \nAma\nEC", "Yes."),
        (DASHES, DASHES.replace("-- \n", "--\n")),
        ("From: my point of view\nit holds.", "From: my point of view\nit holds."),
        ("On 3 May he wrote:\nit holds.", "On 3 May he wrote:\nit holds."),
        ("I wrote on Monday:\n\nit holds.", "I wrote on Monday:\n\nit holds."),
        ("1. ink\n2. pens", "1. ink\n2. pens"),
        ("    pushed in", "pushed in"),
        ("a > b\n\n5 > 4", "a > b\n\n5 > 4"),
    ],
)
def test_what_is_not_certain_to_be_a_quotation_or_signature_stays(text, kept):
    message = EmailMessage()
    message.set_content(text)
    assert parse(message.as_bytes()).text.strip() == kept


NESTED = "".join(
    f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(3000)
)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0",
        b"\r\n\r\n",
        NESTED.encode(),
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Content-Type: text/html\r\n\r\n" + b"<div>" * 50_000 + b"x",
        b"Content-Type: text/html\r\n\r\n" + b"<blockquote type=cite>" * 5_000 + b"x",
        b"Content-Type: text/html\r\n\r\n<![CDATA[<!-- <div",
        b"Content-Type: text/plain; charset=utf-16\r\n\r\nodd",
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Subject: =?utf-8?B?//?=\r\nFrom: =?x?q?y?= <@>\r\n\r\n" + b"On " * 40_000,
        b"Content-Type: text/plain\r\n\r\n" + b"On 3 a@b\n" * 20_000,
        b"Content-Type: text/plain; charset=unicode_escape\r\n\r\n\\ud800 odd",
        b"Content-Type: message/rfc822\r\n\r\n" * 300 + b"odd",
        b"From: " + b"(" * 900 + b"a@b\r\n\r\nodd",
        b"From: " + b"(" * 20_000 + b"a@b\r\n\r\nodd",
        b"Subject: " + b"=?utf-8?b?aGk=?= " * 20_000 + b"\r\n\r\nodd",
        b"Content-Disposition: attachment; filename*0*=a''x; filename*2=y\r\n\r\nodd",
        # Each of these once took hours, or ended the reading.
        b"Content-Type: text/plain\r\n\r\nx <" + b"@" * 190_000,
        b"Content-Type: text/plain\r\n\r\n" + b"Am 3 " + b"schrieb " * 20_000,
        b"Content-Type: text/plain\r\n\r\n" + (b"Am 3 " + b"schrieb " * 35 + b"\n") * 600,
        b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a-" + b"zzz" * 60_000,
        b"Content-Type: text/html\r\n\r\n" + b"<a x=" * 38_000,
        b"Content-Type: text/html\r\n\r\n" + b"<!--" * 48_000,
        b"Content-Type: text/html\r\n\r\n" + b"<ol><li>" * 24_000,
        b"Content-Type: text/html\r\n\r\n" + b"<![" * 60_000,
        b"Content-Type: text/html\r\n\r\n<![<b> x",
    ],
    ids=range(27),
)
def test_mails_that_nobody_wrote_are_read_all_the_same(raw):
    began = time.process_time()
    mail = parse(raw)
    assert time.process_time() - began < 20, "seconds, where nothing tries every way there is"
    assert len(mail.text) <= 2 * LONGEST
    for text in (mail.text, mail.quoted, mail.subject, *(file.name for file in mail.attachments)):
        assert text.encode().decode() == text  # the database takes no half characters


def test_a_header_is_read_in_a_moment_however_long_it_is():
    began = time.process_time()
    parse(b"Subject: " + b"=?utf-8?b?aGk=?= " * 40_000 + b"\r\n\r\nodd")
    assert time.process_time() - began < 5


def test_what_nobody_could_see_is_left_out_of_a_text():
    raw = b"Content-Type: text/plain; charset=utf-8\r\n\r\nInk\x01\x0b\x1b[31m \xe2\x80\xaeholds\xef\xbf\xbf.\t"
    assert parse(raw).text == "Ink[31m holds."


def test_a_sender_that_goes_on_and_on_is_nobody():
    padded = b"From: ama@example.org" + b" " * 2000 + b", eve@example.net\r\n\r\nIt holds."
    assert parse(padded).sender == ""


def test_comments_of_a_mail_are_not_its_words_and_a_lone_bracket_is():
    markup = b"Is 3 < 5?<!-- <p>hidden</p> --> <![if !mso]>Yes.<![endif]><!--[if !mso]><!-->So.<!--<![endif]-->"
    assert parse(b"Content-Type: text/html\r\n\r\n" + markup).text == "Is 3 < 5? Yes.So."


def test_what_no_form_takes_is_left_out_of_a_mail():
    plain = "Page one\fpage two\x1b[0m \u202etxt.exe".encode()
    marked_up = b"<p>Page one&#12;page two</p>"
    for kind, body in (("plain", plain), ("html", marked_up)):
        head = f"Content-Type: text/{kind}; charset=utf-8\r\n\r\n".encode()
        assert not set("\f\x1b\u202e") & set(parse(head + body).text)


_NAMES = st.sampled_from(
    [
        *("From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Content-Type"),
        *("Content-Transfer-Encoding", "Content-Disposition", "Content-ID", "MIME-Version"),
        *("Return-Path", "Auto-Submitted", "List-Id", "Date"),
    ]
)
_VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            'multipart/alternative; boundary="b"',
            "multipart/report; boundary=b; report-type=delivery-status",
            "message/rfc822",
            "message/delivery-status",
            "text/html; charset=utf-8",
            "text/plain; format=flowed; delsp=yes; charset=big5",
            "base64",
            "quoted-printable",
            "=?utf-8?Q?=FF=?= <a@b>",
        ]
    ),
)
_BODIES = st.one_of(
    st.binary(max_size=300),
    st.text(
        alphabet=st.sampled_from("<>&;=\"'/! \n-bdiv:@>On wrote:123\ue000\u202b\u0643"),
        max_size=300,
    ).map(str.encode),
    st.sampled_from(
        [b"--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n--b--", b"--b\r\n\r\n--b--\r\n"]
    ),
)


@given(headers=st.lists(st.tuples(_NAMES, _VALUES), max_size=8), body=_BODIES)
def test_whatever_comes_is_read_and_what_is_made_of_it_is_bounded(headers, body):
    lines = [f"{name}: {value}".encode("utf-8", "replace") for name, value in headers]
    raw = b"\r\n".join([*lines, b"", body])
    mail = parse(raw, own_domains=OURS)
    assert len(mail.text) <= 4 * len(raw) + 100
    assert len(mail.subject) <= 300
    assert "\n" not in mail.subject


@given(st.text(max_size=400))
def test_a_text_without_marks_of_quotation_is_never_folded_away(text):
    plain = "".join(char for char in text if char not in ">:：-_*").replace("\r", "")
    mail = parse(
        b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + plain.encode("utf-8", "replace")
    )
    assert mail.quoted == ""
