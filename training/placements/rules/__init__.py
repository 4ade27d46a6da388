"""What always holds for placements: pure functions over dates and dataclasses.

statements   what an applicant says of herself
eligibility  typed, versioned rules, each answered with the fact it used
terms        what an officer enters for a vacancy, and the rules that makes
vacancies    the states of a vacancy, and the moment it closes
"""
