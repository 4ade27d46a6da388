"""What is said in the demo: fictional people who answer each other as colleagues would."""

from dataclasses import dataclass
from typing import Final

from network.topics.rules import TopicKind


@dataclass(frozen=True)
class DemoPost:
    """One post: by whom, how many hours after the one before, in which language."""

    by: str
    hours: int
    text: str
    language: str = "en"
    file: str = ""
    accepted: bool = False


@dataclass(frozen=True)
class DemoThread:
    """A topic begun so many days before the day of loading."""

    group: str
    days_ago: int
    kind: TopicKind
    title: str
    posts: tuple[DemoPost, ...]


INK = DemoThread(
    "small",
    9,
    TopicKind.QUESTION,
    "Indelible ink that holds in humid heat",
    (
        DemoPost(
            "saint_lucia_member",
            0,
            """At our last by-election the ink on many fingers was hardly to be seen after one day. It was \
33 °C with rain, and the bottles had been in the store room since the general election.

Before we order again:

- Is it the strength of the ink, its age, or the way we apply it?
- Does anybody test a batch before polling day, and how?""",
        ),
        DemoPost(
            "fiji_focal",
            5,
            """All three, in our experience, but mostly **how long it dries**. We ran a small trial with \
twelve colleagues; the figures are in the attached table.

1. Below 15 % silver nitrate we would not go.
2. Wipe the finger dry first. Sweat dilutes the ink more than anything else.
3. Thirty seconds before the voter touches anything: we moved the ink *before* the ballot paper is \
handed out, so that she waits anyway.
4. Keep the bottles closed, dark and below 25 °C, and note the date when one is opened.""",
            file="ink-trial.csv",
            accepted=True,
        ),
        DemoPost(
            "jamaica_member",
            19,
            """We do the same, and one thing more: ten days before polling day each returning officer marks \
her own finger from every carton and photographs it after one day and after three. Two cartons were sent \
back that way. It costs nothing.""",
        ),
        DemoPost(
            "saint_lucia_member",
            26,
            """Thank you both. We will order at 18 %, take the ink before the ballot paper, and do the \
carton test. I will write here how it went.""",
        ),
    ),
)
REGISTER = DemoThread(
    "registration",
    6,
    TopicKind.QUESTION,
    "Tenir le registre à jour avec deux agents",
    (
        DemoPost(
            "cameroon_member",
            0,
            """Dans une de nos antennes, deux agents tiennent le registre de 41 000 électeurs. Ils \
enregistrent les décès et les déménagements à la main, une fois par an, et l’affichage des listes se fait \
toujours dans l’urgence.

Comment font ceux d’entre vous qui sont aussi peu nombreux ? Nous ne cherchons pas un logiciel, mais une \
façon de répartir le travail sur l’année.""",
            language="fr",
        ),
        DemoPost(
            "jamaica_member",
            22,
            """We are more than two, but a parish office is not. What helped there: **one small task every \
month** instead of one big one a year. January deaths (the registrar's list), February school leavers, \
March moves … Each month has a one-page sheet saying what comes in, from whom, and when it is done. By the \
time the list is exhibited nothing is new.""",
        ),
        DemoPost(
            "kenya_focal",
            9,
            """D’accord avec Delroy. Nous demandons en plus à l’état civil un fichier mensuel, même \
incomplet : un tableau de trois colonnes suffit. L’important est que *quelqu’un* l’attende à une date \
connue. Je peux vous envoyer notre modèle de lettre.""",
            language="fr",
        ),
        DemoPost(
            "cameroon_member",
            15,
            """Le calendrier mensuel est exactement ce qui nous manquait. Oui, volontiers pour la lettre !""",
            language="fr",
        ),
    ),
)
SEAFARERS = DemoThread(
    "small",
    4,
    TopicKind.QUESTION,
    "Postal votes of seafarers who are never in one port",
    (
        DemoPost(
            "fiji_focal",
            0,
            """About 600 of our voters are at sea on polling day. They may vote by post, but a ballot paper \
sent to a ship's agent takes three weeks, and by then the ship is elsewhere. Last time 94 came back in \
time.

We cannot change the law before the next election. What can be done within it?""",
        ),
        DemoPost(
            "saint_lucia_member",
            7,
            """We have 40, so everybody knows everybody, but perhaps:

- Ask the companies **when crews change**, and send the papers home for those who leave again before \
polling day. Half of ours could vote in advance that way.
- Print the outer envelope with the deadline in large letters. Agents sort by what looks urgent.""",
        ),
        DemoPost(
            "kenya_member",
            28,
            """If your law says "sent" and not "posted", ask whether the *blank* paper may go by electronic \
means, printed on board, with the vote coming back by courier from the next port. The secrecy of the vote \
then rests on the inner envelope as before. Have the party agents see the procedure before, not after.""",
        ),
    ),
)
SATELLITE = DemoThread(
    "small",
    2,
    TopicKind.DISCUSSION,
    "Results over a satellite link of 9 kbit/s",
    (
        DemoPost(
            "kenya_member",
            0,
            """For polling stations without a mobile network we hired satellite terminals. What we learned, \
for whoever plans the same:

- Send **numbers first**, about 200 bytes a station, and the photograph of the form days later by road.
- Put a check figure into the message: the sum of all votes, which the centre computes again. It caught 31 \
typing errors of 2,140 messages.
- Somebody at the centre reads every result back by voice. Slow, but the agents hear it too.
- Clouds matter less than trees. Test where the station *will* stand.""",
        ),
        DemoPost(
            "fiji_focal",
            11,
            """Very useful. How did you keep the terminals charged? Ours were flat by midnight.""",
        ),
        DemoPost(
            "kenya_member",
            3,
            """A motor-cycle battery for each, and switched on only at fixed hours: 18:00, 21:00, midnight, \
6:00. Everybody then listens at the same time, which also answers "has it arrived?".""",
        ),
    ),
)
INSTRUCTIONS = DemoThread(
    "small",
    3,
    TopicKind.DISCUSSION,
    "صياغة تعليمات الاقتراع باللغة العربية",
    (
        DemoPost(
            "translator",
            0,
            """نعدّ نسخة عربية من تعليمات الاقتراع للناخبين المقيمين في الخارج. نقترح ثلاث قواعد:

- جملة واحدة لكل خطوة، وفعل الأمر في أولها: **«ضعوا علامة واحدة»**.
- «ورقة الاقتراع» و«صندوق الاقتراع» في كل مكان، من دون مرادفات.
- صورة بجانب كل خطوة، مرتبة من اليمين إلى اليسار.

هل جرّب أحد منكم هذه التعليمات مع ناخبين يقرؤون بصعوبة؟""",
            language="ar",
        ),
        DemoPost(
            "saint_lucia_member",
            20,
            """Not in Arabic, but we tried ours with an evening class. Two things changed: the pictures got \
numbers, and we dropped every "please". People looked for the step, not for manners.""",
        ),
    ),
)
DOUBLES = DemoThread(
    "registration",
    1,
    TopicKind.QUESTION,
    "One person, two spellings: how do you find doubles?",
    (
        DemoPost(
            "ghana_member",
            0,
            """In two districts the same people stand in the register twice, once with the day name and \
once with the Christian name, sometimes with a birth year one off. Comparing names letter by letter finds \
a third of them.

Who has a rule that clerks can apply by hand, before any machine? And who decides, in your law, which of \
the two entries stays?""",
        ),
    ),
)
MEETING = DemoThread(
    "steering",
    5,
    TopicKind.DISCUSSION,
    "Papers for the next meeting",
    (
        DemoPost(
            "officer",
            0,
            """Dear members, three papers are to be ready ten days before we meet:

1. Advice requests: how long answers took, by region (secretariat)
2. Election calendar of the coming twelve months (secretariat, *please check your countries*)
3. Registers of small states: what the working group proposes (Kenya)

Who takes the minutes this time?""",
        ),
        DemoPost("ghana_admin", 20, "I will. Paper 2 is right for us."),
        DemoPost(
            "kenya_focal",
            6,
            "Paper 3 comes on Friday. It will ask for one decision, on the monthly calendar.",
        ),
    ),
)
THREADS: Final = (INK, REGISTER, MEETING, SEAFARERS, INSTRUCTIONS, SATELLITE, DOUBLES)
"""Oldest first, as they were begun."""
