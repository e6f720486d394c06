"""What the heading of a column says it holds, in the languages of the lists that are brought."""

import re
import unicodedata
from typing import Literal

Field = Literal[
    "email",
    "private",
    "name",
    "first",
    "last",
    "path",
    "outer",
    "middle",
    "inner",
    "language",
    "leader",
    "leader_email",
]

# One line for English, then Welsh, German, French, Spanish, Italian, Dutch, Polish, Portuguese, and the Nordic ones.
_HEADINGS: dict[Field, str] = {
    "email": """
        email emails emailaddress emailaddresses emailid mail mailaddress userprincipalname upn login
        ebost cyfeiriadebost
        emailadresse emailadressen mailadresse
        adresseemail adressemail courriel adressecourriel adresseelectronique mel
        correo correoelectronico direcciondecorreo direcciondecorreoelectronico direccionemail
        postaelettronica indirizzoemail indirizzodipostaelettronica indirizzomail
        emailadres mailadres
        adresemail adresmail adrespocztyelektronicznej pocztaelektroniczna
        correioeletronico correioelectronico enderecodeemail enderecoeletronico
        epost epostadress epostadresse mejl mejladress sahkoposti sahkopostiosoite netfang
    """,
    "name": """
        name names fullname displayname person people participant participantname employee employeename staffname
        staffmember colleague member respondent worker workername yourname
        enw enwllawn
        vollername vollstandigername vornachname vorundnachname nachundvorname mitarbeiter mitarbeiterin mitarbeitername
        mitarbeitende teilnehmer teilnehmerin anzeigename
        nom nomcomplet nometprenom prenometnom nomprenom collaborateur salarie participante
        nombre nombrecompleto nombreyapellidos nombreyapellido apellidosynombre empleado
        nome nomecompleto nomeecognome cognomeenome nominativo dipendente
        naam volledigenaam medewerker
        imieinazwisko nazwiskoiimie pracownik
        nomeesobrenome colaborador funcionario
        namn navn fuldenavn fulltnavn nimi kokonimi nafn
    """,
    "first": """
        firstname firstnames givenname givennames forename forenames first preferredfirstname
        enwcyntaf
        vorname vornamen rufname
        prenom prenoms
        primernombre
        nomedibattesimo
        voornaam roepnaam
        imie imiona
        primeironome
        fornamn fornavn etunimi
    """,
    "last": """
        lastname lastnames surname surnames familyname last
        cyfenw
        nachname nachnamen familienname zuname
        nomdefamille
        apellido apellidos
        cognome
        achternaam familienaam
        nazwisko nazwiska
        apelido sobrenome
        efternamn efternavn etternavn sukunimi
    """,
    "path": """
        grouppath path group groups orgunitpath organisationpath organizationpath
        gruppenpfad pfad
    """,
    "outer": """
        system organisation organization company companyname trust employer legalentity
        sefydliad cwmni
        unternehmen firma gesellschaft konzern
        entreprise societe
        empresa organizacion
        azienda organizzazione societa
        organisatie bedrijf
        organizacja
        organizacao
        foretag virksomhed bedrift yritys organisaatio organisasjon
    """,
    "middle": """
        directorate division businessunit department departmentname dept service area function
        adran cyfarwyddiaeth
        abteilung bereich geschaftsbereich direktion fachbereich hauptabteilung
        departement direction
        departamento direccion
        dipartimento direzione reparto
        afdeling dienst directie
        dzial departament wydzial
        avdelning avdeling osasto
    """,
    "inner": """
        unit section team teamname groupname ward subteam supervisoryorganization supervisoryorganisation squad
        tim grwp uned
        gruppe arbeitsgruppe station referat sachgebiet einheit organisationseinheit
        equipe groupe unite
        equipo grupo unidad
        squadra gruppo unita
        ploeg groep eenheid
        zespol grupa
        equipa unidade
        grupp hold tiimi ryhma enhet
    """,
    "language": """
        language lang locale languagecode preferredlanguage
        iaith
        sprache korrespondenzsprache bevorzugtesprache
        langue
        idioma
        lingua
        taal voorkeurstaal
        jezyk
        lingua idiomapreferido
        sprak sprog kieli tungumal
    """,
    "leader": """
        manager managername linemanager leader teamleader teamlead teammanager supervisor reportsto boss ledby
        rheolwr rheolwrllinell arweinydd arweinyddtim
        vorgesetzter vorgesetzte fuhrungskraft leitung teamleitung teamleiter teamleiterin chef chefin
        responsable superieur managerhierarchique chefdequipe
        jefe jefa superior jefedeequipo
        responsabile capo caposquadra
        leidinggevende teamleider
        przelozony kierownik
        gestor chefia lider
        leder naermesteleder esimies narmastechef
    """,
}
MEANING = {heading: field for field, headings in _HEADINGS.items() for heading in headings.split()}
ADDRESS_WORDS = frozenset(("email", "mail", "ebost", "courriel", "correo", "epost", "mejl", "sahkoposti"))
_PRIVATE = """
    private personal home recovery secondary alternate alternative other old new
    preifat personol privat privee prive personnel personnelle privado particular privato personale prywatny
    henkilokohtainen
"""
PRIVATE_WORDS = frozenset(_PRIVATE.split())
LEADER_WORDS = frozenset(heading for heading, field in MEANING.items() if field == "leader")
WORDS_OF_A_QUESTION = 4
QUALIFIERS = re.compile(r"\[[^\]]*\]|\([^)]*\)|<[^>]*>|\s[-–—]\s.*$")
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "đ": "d", "ð": "d", "þ": "th"})


def field_of(heading: str) -> Field | None:
    """What a column is taken for by its heading, whatever the language; None where it says nothing that is known.

    >>> [field_of(one) for one in ("E-Mail", "First Name [Required]", "Adresse e-mail", "Przełożony", "Private email")]
    ['email', 'first', 'email', 'leader', 'private']
    >>> [field_of(one) for one in ("What is your name?", "Email - Primary Work", "Manager’s e-mail", "Employee ID")]
    ['name', 'email', 'leader_email', None]
    """
    cut = QUALIFIERS.sub(" ", heading).strip() or heading
    words = re.findall(r"[a-z]+", plain(cut).replace("e-", "e"))
    joined = "".join(words)
    if joined in MEANING:
        return MEANING[joined]
    said = set(words)
    is_address = bool(said & ADDRESS_WORDS) or joined.endswith(tuple(ADDRESS_WORDS))
    if is_address and said & LEADER_WORDS:
        return "leader_email"
    if is_address:
        return "private" if said & PRIVATE_WORDS else "email"
    if "?" not in heading and len(words) < WORDS_OF_A_QUESTION:
        return None
    known = {MEANING[word] for word in words if word in MEANING}
    return "leader" if "leader" in known else known.pop() if len(known) == 1 else None


def is_private(heading: str) -> bool:
    """Whether addresses below it are those of a life outside work: 'Home'."""
    return not PRIVATE_WORDS.isdisjoint(re.findall(r"[a-z]+", plain(heading)))


def plain(text: str) -> str:
    """In small letters without marks.

    >>> plain("Żółć")
    'zolc'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
