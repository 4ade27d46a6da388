"""The currencies money can be held in, each with the digits of its minor unit.

Source: ISO 4217 List One (SIX Financial Information, maintenance agency), column "Minor unit".
CLDR, and so Babel, publishes *customary* digits instead (none for the afghani or the Iraqi dinar),
which follow prices and cannot be used to settle accounts; so the ISO column is kept here.

Left out on purpose, because ISO gives them no minor unit ("N.A."): precious metals, bond-market
units, SDR, SUCRE, ADB unit of account, and the testing and "no currency" codes.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

EDITION: Final = "ISO 4217 List One, 2026-01-01"

_BY_MINOR_UNIT: Final = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
        CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
        GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK
        LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO
        NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
        SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST
        XAD XCD XCG YER ZAR ZMW ZWG
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

MINOR_UNITS: Final[Mapping[str, int]] = MappingProxyType(
    {code: digits for digits, codes in _BY_MINOR_UNIT.items() for code in codes.split()}
)
"""ISO 4217 alphabetic code -> number of digits after the decimal separator."""


class UnknownCurrency(ValueError):
    """The code is not an ISO 4217 currency with a minor unit."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code!r} is not an ISO 4217 currency with a minor unit")
        self.code = code


def minor_unit(code: str) -> int:
    """Digits after the decimal separator for a currency; raises UnknownCurrency."""
    try:
        return MINOR_UNITS[code]
    except KeyError:
        raise UnknownCurrency(code) from None
