"""The lists with which every event begins; the organiser extends and renames them.

Types, sectors and emerging industries follow the European cluster platforms, labels the European
and national ones for clusters. Codes never change: they are what profiles keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Line = tuple[str, str, str, str]  # code, French, Arabic, English

KINDS = ("type", "size", "sector", "industry", "technology", "service", "label", "network")

TYPES: tuple[Line, ...] = (
    ("sme", "PME", "مقاولة صغيرة أو متوسطة", "SME"),
    ("startup", "Start-up", "شركة ناشئة", "Start-up"),
    ("large", "Grande entreprise", "شركة كبرى", "Large company"),
    ("research", "Organisme de recherche", "هيئة بحث", "Research organisation"),
    ("university", "Université", "جامعة", "University"),
    ("technology-centre", "Centre technique", "مركز تقني", "Technology centre"),
    ("association", "Association", "جمعية", "Association"),
    ("cluster", "Cluster", "تجمع مهني (كلاستر)", "Cluster organisation"),
    ("public", "Organisme public", "هيئة عمومية", "Public body"),
    ("investor", "Investisseur", "مستثمر", "Investor"),
)
SIZES: tuple[Line, ...] = (
    ("1-9", "1 à 9 personnes", "من 1 إلى 9 أشخاص", "1 to 9 people"),
    ("10-49", "10 à 49 personnes", "من 10 إلى 49 شخصًا", "10 to 49 people"),
    ("50-249", "50 à 249 personnes", "من 50 إلى 249 شخصًا", "50 to 249 people"),
    ("250-999", "250 à 999 personnes", "من 250 إلى 999 شخصًا", "250 to 999 people"),
    ("1000-plus", "1 000 personnes et plus", "1000 شخص فأكثر", "1,000 people and more"),
)
SECTORS: tuple[Line, ...] = (
    ("aeronautics", "Aéronautique et spatial", "الطيران والفضاء", "Aerospace"),
    ("agriculture", "Agriculture", "الفلاحة", "Agriculture"),
    ("food", "Agroalimentaire", "الصناعات الغذائية", "Agro-food"),
    ("automotive", "Automobile", "السيارات", "Automotive"),
    ("biotechnology", "Biotechnologie", "التكنولوجيا الحيوية", "Biotechnology"),
    ("chemistry", "Chimie et matériaux", "الكيمياء والمواد", "Chemistry and materials"),
    ("building", "Construction et matériaux de construction", "البناء ومواد البناء",
     "Building materials"),
    ("education", "Éducation et formation", "التعليم والتكوين", "Education and training"),
    ("electronics", "Électronique et mécatronique", "الإلكترونيات والميكاترونيك", "Electronics"),
    ("energy", "Énergie", "الطاقة", "Energy"),
    ("environment", "Environnement", "البيئة", "Environment"),
    ("fashion", "Cuir et mode", "الجلد والأزياء", "Leather and fashion"),
    ("finance", "Finance et assurance", "المالية والتأمين", "Finance and insurance"),
    ("forestry", "Bois et forêt", "الخشب والغابات", "Wood and forestry"),
    ("health", "Santé et dispositifs médicaux", "الصحة والأجهزة الطبية",
     "Health and medical devices"),
    ("creative", "Industries créatives et culturelles", "الصناعات الإبداعية والثقافية",
     "Creative and cultural industries"),
    ("logistics", "Transport et logistique", "النقل واللوجستيك", "Logistics"),
    ("manufacturing", "Mécanique et production", "الميكانيك والإنتاج", "Mechanical engineering"),
    ("mining", "Mines et métallurgie", "المعادن والتعدين", "Mining and metals"),
    ("numeric", "Numérique", "الرقمنة", "Digital"),
    ("sea", "Mer et produits de la mer", "البحر ومنتجاته", "Sea products"),
    ("security", "Sécurité", "الأمن والسلامة", "Security"),
    ("city", "Ville intelligente", "المدينة الذكية", "Smart city"),
    ("textiles", "Textile", "النسيج", "Textiles"),
    ("tourism", "Tourisme", "السياحة", "Tourism"),
    ("waste", "Déchets et recyclage", "النفايات وإعادة التدوير", "Waste and recycling"),
    ("water", "Eau", "الماء", "Water"),
)  # fmt: skip
INDUSTRIES: tuple[Line, ...] = (
    ("advanced-packaging", "Emballages avancés", "التغليف المتقدم", "Advanced packaging"),
    ("biopharmaceuticals", "Biopharmaceutique", "الصناعات الدوائية الحيوية", "Biopharmaceuticals"),
    ("blue-growth", "Industries maritimes et croissance bleue", "الصناعات البحرية والنمو الأزرق",
     "Maritime industries and blue growth"),
    ("creative-industries", "Industries créatives", "الصناعات الإبداعية", "Creative industries"),
    ("digital-industries", "Industries numériques", "الصناعات الرقمية", "Digital industries"),
    ("environmental-industries", "Industries de l’environnement", "الصناعات البيئية",
     "Environmental industries"),
    ("experience-industries", "Industries de l’expérience et du tourisme",
     "صناعات التجربة والسياحة", "Experience industries"),
    ("food-systems", "Systèmes alimentaires durables", "النظم الغذائية المستدامة",
     "Sustainable food systems"),
    ("logistical-services", "Services logistiques", "الخدمات اللوجستية", "Logistical services"),
    ("medical-technologies", "Technologies médicales", "التكنولوجيات الطبية",
     "Medical devices and personalised health"),
    ("mobility", "Technologies de la mobilité", "تكنولوجيات التنقل", "Mobility technologies"),
    ("renewable-energy", "Énergies renouvelables", "الطاقات المتجددة", "Renewable energy"),
    ("circular-economy", "Économie circulaire", "الاقتصاد الدائري", "Circular economy"),
)  # fmt: skip
TECHNOLOGIES: tuple[Line, ...] = (
    ("advanced-manufacturing", "Production avancée", "التصنيع المتقدم", "Advanced manufacturing"),
    ("advanced-materials", "Matériaux avancés", "المواد المتقدمة", "Advanced materials"),
    ("artificial-intelligence", "Intelligence artificielle", "الذكاء الاصطناعي",
     "Artificial intelligence"),
    ("big-data", "Données massives", "البيانات الضخمة", "Big data"),
    ("blockchain", "Chaîne de blocs", "سلسلة الكتل", "Blockchain"),
    ("cloud", "Informatique en nuage", "الحوسبة السحابية", "Cloud computing"),
    ("cybersecurity", "Cybersécurité", "الأمن السيبراني", "Cybersecurity"),
    ("energy-storage", "Stockage de l’énergie", "تخزين الطاقة", "Energy storage"),
    ("hydrogen", "Hydrogène", "الهيدروجين", "Hydrogen"),
    ("industrial-biotechnology", "Biotechnologie industrielle", "التكنولوجيا الحيوية الصناعية",
     "Industrial biotechnology"),
    ("internet-of-things", "Internet des objets", "إنترنت الأشياء", "Internet of things"),
    ("nanotechnology", "Nanotechnologie", "تكنولوجيا النانو", "Nanotechnology"),
    ("photonics", "Photonique", "الفوتونيات", "Photonics"),
    ("recycling", "Procédés de recyclage", "عمليات إعادة التدوير", "Recycling processes"),
    ("robotics", "Robotique et drones", "الروبوتات والطائرات المسيرة", "Robotics and drones"),
    ("sensors", "Capteurs et mesure", "المجسات والقياس", "Sensors and measurement"),
    ("solar", "Solaire", "الطاقة الشمسية", "Solar power"),
    ("water-treatment", "Traitement de l’eau", "معالجة الماء", "Water treatment"),
    ("wind", "Éolien", "الطاقة الريحية", "Wind power"),
)  # fmt: skip
SERVICES: tuple[Line, ...] = (
    ("access-to-finance", "Accès au financement", "الولوج إلى التمويل", "Access to finance"),
    ("business-development", "Développement commercial", "تطوير الأعمال", "Business development"),
    ("digitalisation", "Aide à la numérisation", "دعم الرقمنة", "Support for digitalisation"),
    ("events", "Événements et salons", "التظاهرات والمعارض", "Events and trade fairs"),
    ("export", "Internationalisation et export", "التدويل والتصدير",
     "Internationalisation and export"),
    ("green-transition", "Aide à la transition verte", "دعم الانتقال الأخضر",
     "Support for the green transition"),
    ("incubation", "Incubation et accélération", "الاحتضان والتسريع",
     "Incubation and acceleration"),
    ("intellectual-property", "Propriété intellectuelle", "الملكية الفكرية",
     "Intellectual property"),
    ("joint-projects", "Montage de projets collaboratifs", "إعداد المشاريع المشتركة",
     "Setting up joint projects"),
    ("laboratories", "Laboratoires et équipements partagés", "المختبرات والتجهيزات المشتركة",
     "Shared laboratories and equipment"),
    ("networking", "Mise en réseau des membres", "التشبيك بين الأعضاء",
     "Networking among members"),
    ("purchasing", "Achats groupés", "المشتريات المشتركة", "Joint purchasing"),
    ("training", "Formation", "التكوين", "Training"),
    ("watch", "Veille et études de marché", "اليقظة ودراسات السوق", "Market intelligence"),
)  # fmt: skip
LABELS: tuple[Line, ...] = (
    ("ecei-bronze", "Label Bronze de l’ECEI (excellence des clusters)",
     "شارة التميز البرونزية الأوروبية للتجمعات", "ECEI Bronze label (cluster excellence)"),
    ("ecei-silver", "Label Argent de l’ECEI (excellence des clusters)",
     "شارة التميز الفضية الأوروبية للتجمعات", "ECEI Silver label (cluster excellence)"),
    ("ecei-gold", "Label Or de l’ECEI (excellence des clusters)",
     "شارة التميز الذهبية الأوروبية للتجمعات", "ECEI Gold label (cluster excellence)"),
    ("national-cluster", "Label national de cluster", "شارة وطنية للتجمعات",
     "National cluster label"),
    ("iso-9001", "Certifié ISO 9001 (qualité)", "شهادة ISO 9001 (الجودة)",
     "ISO 9001 certified (quality)"),
    ("iso-14001", "Certifié ISO 14001 (environnement)", "شهادة ISO 14001 (البيئة)",
     "ISO 14001 certified (environment)"),
    ("b-corp", "Certifié B Corp", "شهادة B Corp", "B Corp certified"),
    ("young-innovative", "Jeune entreprise innovante", "مقاولة مبتكرة ناشئة",
     "Young innovative company"),
)  # fmt: skip
NETWORKS: tuple[Line, ...] = (
    ("maroc-cluster", "Maroc Cluster", "شبكة تجمعات المغرب", "Maroc Cluster"),
    ("eccp", "Plateforme européenne de collaboration entre clusters",
     "المنصة الأوروبية لتعاون التجمعات", "European Cluster Collaboration Platform"),
    ("een", "Réseau Entreprise Europe", "شبكة مقاولات أوروبا", "Enterprise Europe Network"),
    ("euroclusters", "Eurocluster", "تجمع أوروبي", "Eurocluster"),
    ("tci", "Réseau TCI", "شبكة TCI", "TCI Network"),
    ("national-network", "Réseau national de clusters", "شبكة وطنية للتجمعات",
     "National network of clusters"),
)  # fmt: skip

LISTS: dict[str, tuple[Line, ...]] = {
    "type": TYPES,
    "size": SIZES,
    "sector": SECTORS,
    "industry": INDUSTRIES,
    "technology": TECHNOLOGIES,
    "service": SERVICES,
    "label": LABELS,
    "network": NETWORKS,
}
# What spreadsheets call them besides.
ALSO = {
    "type": {
        "small and medium enterprise": "sme", "small or medium enterprise": "sme", "smes": "sme",
        "start up": "startup", "jeune pousse": "startup", "large enterprise": "large",
        "research institute": "research", "research center": "research", "laboratory": "research",
        "research centre": "research", "laboratoire": "research", "centre de recherche": "research",
        "r&d institution": "research", "technical centre": "technology-centre",
        "technology center": "technology-centre", "cluster organization": "cluster",
        "pole de competitivite": "cluster", "association/agency": "association",
        "public authority": "public", "authority/government": "public", "public institution":
        "public", "etablissement public": "public", "university/school": "university",
        "venture capital": "investor",
    },
}  # fmt: skip


def starting_rows(event_id: str) -> Iterator[dict[str, object]]:
    """The columns of every term with which an event begins, in order; ids are made elsewhere."""
    for kind, lines in LISTS.items():
        for position, (code, french, arabic, english) in enumerate(lines, 1):
            yield {
                "event_id": event_id,
                "kind": kind,
                "code": code,
                "labels": {"fr": french, "ar": arabic, "en": english},
                "position": position,
                "is_active": True,
            }


BY_NAME = {"sector", "industry", "technology", "service"}  # sizes and labels have an order


def is_in_no_order(kind: str, codes: Sequence[str]) -> bool:
    """Whether the list stands as events begin with it: nothing moved, new entries at its end."""
    first = [line[0] for line in LISTS[kind]] if kind in BY_NAME else []
    begun = [code for code in first if code in codes]
    return bool(begun) and list(codes[: len(begun)]) == begun
