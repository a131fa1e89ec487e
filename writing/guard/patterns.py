"""The patterns, in English, Spanish and French. Each is linear: no nested repeats."""

from __future__ import annotations

import re

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "sept": 9, "oct": 10, "nov": 11, "dec": 12,
    "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7,
    "agosto": 8, "septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
    "janvier": 1, "février": 2, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6,
    "juillet": 7, "août": 8, "aout": 8, "septembre": 9, "octobre": 10, "novembre": 11,
    "décembre": 12, "decembre": 12,
}  # fmt: skip
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    "lunes|martes|miércoles|miercoles|jueves|viernes|sábado|sabado|domingo|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
ORDINAL = r"(?:st|nd|rd|th|er|º|°)?"
YEAR = r"(?:19|20)\d\d"

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}\w{2,24}\b")
# Seven digits or more with the marks of a telephone number between them.
PHONE = re.compile(r"(?<![\w.,/])(?:\+|00|\()?\d(?:[ .()/-]{0,2}\d){6,14}(?![\w%])")
NUMBER = re.compile(r"(?<![\w.,])(?:[A-Z]{1,4}[-/]?)?\d{6,20}(?![\w%]|[.,]\d)")
AMOUNT = re.compile(
    r"\s{0,2}(?:IU|UI|U|units?|unidades|unités|mg|g|kg|ml|l|mcg|µg|ng|mmol|mmHg|cells?|"
    r"people|persons|residents|patients?|personas|habitantes|habitants|personnes|"
    r"dollars?|euros?|pesos|shillings?|francs|USD|EUR|TZS|km|%|€|\$)\b",
    re.IGNORECASE,
)

DIGITS = re.compile(r"\d+")
BETWEEN_WORDS = re.compile(r"\s|$")
WRITTEN_DATE = re.compile(
    rf"(?:\b(?:{WEEKDAY}),?\s+)?(?:\b(?:el|le|the)\s+)?\b(?P<day>{DAY}){ORDINAL}"
    rf"\s+(?:of\s+|de\s+)?(?P<month>{MONTH})\b(?:\.?,?\s+(?:de\s+|del\s+)?(?P<year>{YEAR})\b)?",
    re.IGNORECASE,
)
AMERICAN_DATE = re.compile(
    rf"(?:\b(?:{WEEKDAY}),?\s+)?\b(?P<month>{MONTH})\.?\s+(?P<day>{DAY}){ORDINAL}\b(?!\s*[%:]|\d)"
    rf"(?:,?\s+(?P<year>{YEAR})\b)?",
    re.IGNORECASE,
)
NUMERIC_DATE = re.compile(
    rf"(?<![\d/.-])(?:(?P<year>{YEAR})[-/.](?P<m1>0?[1-9]|1[0-2])[-/.](?P<d1>{DAY})"
    rf"|(?P<d2>{DAY})[-/.](?P<m2>0?[1-9]|1[0-2])[-/.](?P<y2>{YEAR}|\d\d)"
    rf"|(?P<m3>0?[1-9]|1[0-2])[-/.](?P<d3>{DAY})[-/.](?P<y3>{YEAR}))(?![\d/]|[.-]\d)"
)

OLD = r"(?P<age>9\d|1[01]\d)(?!\s+or\s+older)"
AGES = [
    re.compile(rf"\b{OLD}[- ](?:years?|yrs?|y/?o)\b(?:[- ]old\b)?", re.IGNORECASE),
    re.compile(rf"\b(?:aged|age|at the age of)\s+{OLD}\b(?!\s*(?:%|mmHg|mg|kg|cm))", re.IGNORECASE),
    re.compile(
        r"\b(?:man|woman|lady|gentleman|patient|grandmother|grandfather|mother|father|he|she)\s+"
        rf"(?:of|was|is|,)\s*{OLD}\b(?!\s*(?:%|mmHg|mg|kg|cm|per|beats|over|/|\d))",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{OLD}\s+(?:años|anos|ans)\b", re.IGNORECASE),
]

TITLES = (
    "Dr|Dra|Drs|Doctor|Doctora|Docteur|Docteure|Prof|Professor|Profesor|Profesora|Professeur|"
    "Sister|Brother|Matron|Nurse|Mr|Mrs|Ms|Miss|Mister|Sr|Sra|Srta|Señor|Señora|Don|Doña|Hna|"
    "Enf|Enfermera|Enfermero|Lic|M|Mme|Mlle|Monsieur|Madame|Sœur|Soeur|Infirmière|Infirmier|"
    "Mama|Mzee|Baba|Bibi|Bwana"
)
NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'-]{1,30}"
NAME_LINK = r"(?:de|del|la|las|los|van|von|der|den|da|dos|bin|al|el|du|des)"
TITLED_NAME = re.compile(
    rf"\b(?:{TITLES})\.?\s+{NAME_WORD}(?:\s+(?:{NAME_LINK}\s+){{0,2}}{NAME_WORD}){{0,3}}"
)
# Titles that are ordinary words at the start of a sentence need a second look.
NOT_NAMES = {
    "on", "in", "at", "the", "and", "but", "we", "i", "she", "he", "they", "then", "when", "told",
    "who", "was", "is", "bag", "call", "station", "manager", "anaesthetist", "anesthetist",
}  # fmt: skip
