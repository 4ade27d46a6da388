"""Finding participations, alumni records, and people by them."""

from training.alumni.queries.listing import (
    PAGE_SIZE,
    Alumna,
    AlumniFilter,
    GenderCount,
    all_alumni,
    alumni,
    countries_of_alumni,
    genders_of,
)
from training.alumni.queries.participations import (
    Participation,
    alumni_records_of,
    participations_in,
    people_who_took_part,
)
from training.alumni.queries.records import (
    Attested,
    attested_of,
    availability_of,
    availability_to_change,
    hold_records,
    record_of,
    record_to_change,
    standing_consents,
)
from training.alumni.queries.trained import (
    TrainedFilter,
    TrainedPerson,
    find_trained,
    programmes_attended,
)

__all__ = [
    "PAGE_SIZE",
    "Alumna",
    "AlumniFilter",
    "Attested",
    "GenderCount",
    "Participation",
    "TrainedFilter",
    "TrainedPerson",
    "all_alumni",
    "alumni",
    "alumni_records_of",
    "attested_of",
    "availability_of",
    "availability_to_change",
    "countries_of_alumni",
    "find_trained",
    "genders_of",
    "hold_records",
    "participations_in",
    "people_who_took_part",
    "programmes_attended",
    "record_of",
    "record_to_change",
    "standing_consents",
]
