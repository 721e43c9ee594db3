"""Words written with a capital in schools that are nobody's name: days, needs, programmes, posts, subjects."""

_WORDS = """
    a about adhd after afternoon afternoons all also although an and another any april art as assembly
    assess assessment at attention august autism autistic autumn bank because before behaviour behavioural both box
    boxall braille break breakfast british bucket but by camhs can chair child child's children christmas chromebook
    citizenship class classes clicker code cognition colour colourful colours communication communities community
    community's computing council council's counselling counsellor county dad daily dance december deputies deputy
    describe design dfe district doctor down dr during dyslexia each eal early easter education educational ehc ehcp
    elklan elsa emotional english ep every everything executive families family february first forest formulation
    foundation french friday fridays from funding geography german gp graduated group groups half half-term halfterm
    hall have he head head-teacher headteacher headteachers health help her here his history hlta hnf holiday home
    hours however hub humanities i ict if in inc inclusion inclusive incredible indirect individual infant infants
    inspector intensive interaction ipad ipads is it its january july june junior juniors key ks laptop last latin
    learning lego lesson lexia library local lunch lunchtime makaton march mathematics maths may mental mind miss
    monday mondays morning mornings most mr mrs ms mum music mutual my national need needs nessy new next nhs no not
    november now numbersense numicon nurse nursery nurture occupational october of office ofsted on once one or ot
    other our outreach outside parent parents pastoral pe pecs phase phonics physical physio physiotherapy place
    plan play playtime portage practice precision prg primary principle principles professional project provision
    psychologist psychologists psychology pupil pupil's pupils read reading reception recovery regulation religious
    report request resource review room salt saturday school school's schools schools' science second secondary sen
    senco sencos send sendco sensorimotor sensory september service services she signalong since sleep social some
    spanish special specialist speech spelling spring staff stage stages strategy summer sunday support swan ta
    tablet talk tas teacher teaching team technology term test thank that the their then therapist therapists
    therapy there these they third this three thrive through thursday thursdays time to toe toe-by-toe tuesday
    tuesdays two under unit until very visitor visual wave we wednesday wednesdays week weekly wellbeing what
    wheelchair when where which while whitsun who whole widgit winter with within words wordshark work worker write
    writing year years yet you young zone zones
"""
NOT_NAMES = frozenset(_WORDS.split())
