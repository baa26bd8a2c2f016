"""The words the demonstration forum is made of. Companies and people are invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A cluster of the Maroc Cluster network, or a European partner (``country`` not MA)."""

    code: str
    names: dict[str, str]
    country: str
    city: str
    field: str  # a key of FIELDS


@dataclass(frozen=True, kw_only=True)
class Field:
    """What companies of a field offer and need, in three languages, and how they are called."""

    offers: tuple[tuple[str, str, str], ...]  # fr, ar, en
    stems: tuple[str, ...]
    arabic_stems: tuple[str, ...]
    area: str
    sector: str  # its code in the list of sectors
    needs_fields: tuple[str, ...]  # whose offers they look for


CLUSTERS = (
    Cluster(code="CISE", country="MA", city="Casablanca", field="environment", names={
        "fr": "CISE – services environnementaux", "ar": "تجمع الخدمات البيئية", "en": "CISE – environmental services"}),
    Cluster(code="CE3M", country="MA", city="Casablanca", field="mechatronics", names={
        "fr": "CE3M – électronique et mécatronique", "ar": "تجمع الإلكترونيك والميكاترونيك", "en": "CE3M – electronics and mechatronics"}),
    Cluster(code="MNC", country="MA", city="Casablanca", field="numeric", names={
        "fr": "Maroc Numeric Cluster", "ar": "تجمع المغرب الرقمي", "en": "Maroc Numeric Cluster"}),
    Cluster(code="C2TM", country="MA", city="Casablanca", field="textiles", names={
        "fr": "C2TM – textiles techniques", "ar": "تجمع المنسوجات التقنية", "en": "C2TM – technical textiles"}),
    Cluster(code="MDFC", country="MA", city="Tanger", field="textiles", names={
        "fr": "Denim & Fashion Cluster", "ar": "تجمع الدينيم والموضة", "en": "Denim & Fashion Cluster"}),
    Cluster(code="EMC", country="MA", city="Rabat", field="building", names={
        "fr": "EMC – matériaux de construction", "ar": "تجمع مواد البناء", "en": "EMC – building materials"}),
    Cluster(code="SOLAIRE", country="MA", city="Benguerir", field="solar", names={
        "fr": "Cluster Solaire", "ar": "تجمع الطاقة الشمسية", "en": "Solar Cluster"}),
    Cluster(code="AGRI", country="MA", city="Meknès", field="food", names={
        "fr": "Agripôle – agroalimentaire", "ar": "تجمع الصناعات الغذائية", "en": "Agripôle – agro-food"}),
    Cluster(code="MENARA", country="MA", city="Marrakech", field="food", names={
        "fr": "Cluster Ménara – agro et cosmétique", "ar": "تجمع المنارة", "en": "Ménara – agro-food and cosmetics"}),
    Cluster(code="HALIO", country="MA", city="Agadir", field="sea", names={
        "fr": "Haliopôle – produits de la mer", "ar": "تجمع منتجات البحر", "en": "Haliopôle – sea products"}),
    Cluster(code="BIOTECH", country="MA", city="Rabat", field="biotech", names={
        "fr": "Cluster Biotechnologie", "ar": "تجمع التكنولوجيا الحيوية", "en": "Biotechnology Cluster"}),
    Cluster(code="MADINA", country="MA", city="Casablanca", field="city", names={
        "fr": "e-Madina – ville intelligente", "ar": "تجمع المدينة الذكية", "en": "e-Madina – smart city"}),
    Cluster(code="LOGIS", country="MA", city="Tanger", field="logistics", names={
        "fr": "Cluster Logistique", "ar": "تجمع اللوجستيك", "en": "Logistics Cluster"}),
    Cluster(code="AQUAVAL", country="FR", city="Montpellier", field="environment", names={
        "fr": "AquaVal – pôle de l’eau", "ar": "أكوافال – قطب الماء", "en": "AquaVal water cluster"}),
    Cluster(code="LEVANTE", country="ES", city="Valencia", field="environment", names={
        "fr": "Clúster Agua Levante", "ar": "تجمع ماء ليفانتي", "en": "Levante Water Cluster"}),
    Cluster(code="GREENVL", country="BE", city="Gent", field="solar", names={
        "fr": "GreenTech Vlaanderen", "ar": "غرينتك فلاندر", "en": "GreenTech Flanders"}),
    Cluster(code="NORDREC", country="DK", city="Aarhus", field="environment", names={
        "fr": "Nordic Recycling Hub", "ar": "مركز إعادة التدوير الشمالي", "en": "Nordic Recycling Hub"}),
)  # fmt: skip

FIELDS = {
    "environment": Field(area="Environment", sector="environment", needs_fields=("mechatronics", "numeric", "biotech"), offers=(
        ("traitement des boues", "معالجة الحمأة", "sludge treatment"),
        ("collecte et tri des déchets", "جمع النفايات وفرزها", "waste collection and sorting"),
        ("réutilisation des eaux usées", "إعادة استعمال المياه العادمة", "waste-water reuse"),
        ("mesure de la qualité de l’air", "قياس جودة الهواء", "air-quality measurement")),
        stems=("Eau Claire", "Atlas Recyclage", "Hydro Maghreb", "Terra Propre", "Sebou Environnement", "Vert Avenir"),
        arabic_stems=("الماء الصافي", "الأطلس لإعادة التدوير", "البيئة النظيفة")),
    "mechatronics": Field(area="Electronics", sector="electronics", needs_fields=("numeric", "building", "logistics"), offers=(
        ("capteurs industriels", "مجسات صناعية", "industrial sensors"),
        ("automatisation de lignes", "أتمتة خطوط الإنتاج", "line automation"),
        ("cartes électroniques sur mesure", "بطاقات إلكترونية حسب الطلب", "custom circuit boards")),
        stems=("Mecatron", "Capteurs du Nord", "Robotis", "Élektra", "Précision Anfa"),
        arabic_stems=("ميكاترون المغرب", "الدقة الصناعية")),
    "numeric": Field(area="Digital", sector="numeric", needs_fields=("city", "environment", "food"), offers=(
        ("jumeaux numériques", "توائم رقمية", "digital twins"),
        ("plateformes de traçabilité", "منصات التتبع", "traceability platforms"),
        ("analyse d’images par drone", "تحليل صور الطائرات المسيرة", "drone image analysis")),
        stems=("DataSouk", "Nuage Bleu", "Kasba Digital", "Pixel Anfa"), arabic_stems=("سوق البيانات", "السحابة الزرقاء")),
    "textiles": Field(area="Textiles", sector="textiles", needs_fields=("environment", "numeric", "biotech"), offers=(
        ("géotextiles et filtres", "أقمشة أرضية ومرشحات", "geotextiles and filters"),
        ("denim à faible consommation d’eau", "دينيم قليل استهلاك الماء", "low-water denim"),
        ("recyclage de fibres", "إعادة تدوير الألياف", "fibre recycling")),
        stems=("Filature du Rif", "Denim Détroit", "Tissages Anoual", "Fibres Atlas"), arabic_stems=("نسيج الريف", "خيوط الأطلس")),
    "building": Field(area="Building materials", sector="building", needs_fields=("solar", "environment", "city"), offers=(
        ("briques isolantes", "طوب عازل", "insulating bricks"),
        ("béton bas carbone", "خرسانة منخفضة الكربون", "low-carbon concrete")),
        stems=("Bâti Durable", "Chaux du Moyen Atlas", "Isolia", "Béton Vert"), arabic_stems=("البناء المستدام", "إيزوليا")),
    "solar": Field(area="Energy", sector="energy", needs_fields=("building", "food", "mechatronics"), offers=(
        ("pompage solaire", "الضخ الشمسي", "solar pumping"),
        ("stockage par batteries", "تخزين البطاريات", "battery storage"),
        ("maintenance de centrales", "صيانة المحطات", "plant maintenance")),
        stems=("Soleil du Draa", "Helios Maroc", "Noor Services", "Photon Sud"), arabic_stems=("شمس درعة", "نور للخدمات")),
    "food": Field(area="Agro-food", sector="food", needs_fields=("environment", "solar", "logistics"), offers=(
        ("huile d’argan biologique", "زيت أركان عضوي", "organic argan oil"),
        ("conserves végétales", "معلبات نباتية", "canned vegetables"),
        ("valorisation de grignons d’olive", "تثمين ثفل الزيتون", "olive pomace recovery")),
        stems=("Saïss Conserves", "Argania", "Oliveraie Zerhoun", "Souss Primeurs"), arabic_stems=("أركانيا", "زيتون زرهون")),
    "sea": Field(area="Sea products", sector="sea", needs_fields=("logistics", "environment", "biotech"), offers=(
        ("collagène marin", "كولاجين بحري", "marine collagen"),
        ("algues alimentaires", "طحالب غذائية", "edible algae")),
        stems=("Halieutis Sud", "Algues d’Agadir", "Marée Haute"), arabic_stems=("مد البحر", "طحالب أكادير")),
    "biotech": Field(area="Biotechnology", sector="biotechnology", needs_fields=("food", "environment", "sea"), offers=(
        ("bioremédiation des sols", "المعالجة الحيوية للتربة", "soil bioremediation"),
        ("tests microbiologiques rapides", "اختبارات ميكروبيولوجية سريعة", "rapid microbiological tests")),
        stems=("BioSaïs", "Enzymea", "Laboratoire Ibn Zohr Bio"), arabic_stems=("مختبر ابن زهر", "إنزيميا")),
    "city": Field(area="Smart city", sector="city", needs_fields=("numeric", "mechatronics", "solar"), offers=(
        ("éclairage public intelligent", "إنارة عمومية ذكية", "smart street lighting"),
        ("mobilité partagée", "تنقل مشترك", "shared mobility")),
        stems=("Médina Connect", "Lumia Cité", "Urbalys"), arabic_stems=("المدينة المتصلة", "لوميا")),
    "logistics": Field(area="Logistics", sector="logistics", needs_fields=("numeric", "solar", "textiles"), offers=(
        ("chaîne du froid", "سلسلة التبريد", "cold chain"),
        ("transport multimodal", "نقل متعدد الوسائط", "multimodal transport")),
        stems=("Détroit Fret", "Froid Express", "Tanger Hub"), arabic_stems=("شحن المضيق", "طنجة هب")),
}  # fmt: skip

KINDS = {
    "SME": 50,
    "Start-up": 20,
    "Large company": 12,
    "Research organisation": 10,
    "Public body": 8,
}
LEGAL = {
    "MA": ("SARL", "SA", "& Fils", "Industrie"),
    "FR": ("SAS", "SARL"),
    "ES": ("S.L.", "S.A."),
    "BE": ("BV",),
    "DK": ("ApS",),
}
CITIES = {"MA": ("Casablanca", "Rabat", "Tanger", "Agadir", "Fès", "Marrakech", "Meknès"), "FR": ("Montpellier", "Lyon", "Lille"),
          "ES": ("Valencia", "Murcia"), "BE": ("Gent", "Liège"), "DK": ("Aarhus",)}  # fmt: skip
LATIN_FIRST = {
    "MA": ("Amal", "Youssef", "Salma", "Karim", "Nadia", "Hicham", "Imane", "Omar", "Zineb", "Mehdi", "Hajar", "Anas", "Loubna", "Reda", "Ghita", "Yassine"),
    "FR": ("Chloé", "Julien", "Élodie", "Mathieu", "Aurélie", "Benoît"), "ES": ("Lucía", "Íñigo", "Carmen", "Pablo"),
    "BE": ("Lotte", "Wout", "Amélie"), "DK": ("Søren", "Freja")}  # fmt: skip
LATIN_LAST = {
    "MA": ("Berrada", "El Idrissi", "Tazi", "Ouazzani", "Bennis", "Lahlou", "Chraïbi", "Amrani", "Sqalli", "Alaoui", "Benjelloun", "Zniber", "Kettani", "Filali"),
    "FR": ("Dupont", "Lefèvre", "Garnier", "Rousseau"), "ES": ("Martínez", "Ibáñez", "Núñez"), "BE": ("De Smet", "Peeters"), "DK": ("Sørensen", "Ågaard")}  # fmt: skip
ARABIC_FIRST = ("أمل", "يوسف", "سلمى", "كريم", "نادية", "هشام", "إيمان", "عمر", "زينب", "مهدي")
ARABIC_LAST = ("برادة", "الإدريسي", "التازي", "الوزاني", "بنيس", "لحلو", "الشرايبي", "العمراني")
JOBS = {
    "fr": ("Directrice générale", "Responsable export", "Ingénieur procédés", "Chargée de partenariats", "Directeur technique"),
    "ar": ("المدير العام", "مسؤولة التصدير", "مهندس", "مكلفة بالشراكات"),
    "en": ("Managing director", "Export manager", "Process engineer", "Business developer")}  # fmt: skip
MESSAGES = {
    "fr": "Bonjour, votre offre « {} » nous intéresse.", "ar": "تحية طيبة، يهمنا عرضكم: {}.", "en": "Hello, we are interested in your {}."}  # fmt: skip
SPOKEN = {"MA": (("ar", "fr"), ("ar", "fr", "en"), ("fr", "en"), ("ar",), ("fr",)), "FR": (("fr",), ("fr", "en")),
          "ES": (("es",), ("es", "en"), ("es", "fr")), "BE": (("en", "nl"), ("fr", "en")), "DK": (("en", "da"),)}  # fmt: skip
INTERPRETERS = (("ar", "fr"), ("ar", "en"), ("fr", "es"), ("fr", "en", "es"))
