"""The invented world of the sample: real places, invented people, dealers and products, and what buyers want."""

from typing import NamedTuple


class Country(NamedTuple):
    """A market: its share of customers, tax on a sale, how long it has been one, its season, names found there."""

    code: str
    continent: str
    share: float
    tax: float
    age: float  # 1: customers joined evenly over time; the lower, the more of them are new
    peak_month: int
    first_names: str
    surname_starts: str
    surname_ends: str
    dealer_names: str  # {} is a surname


class Kind(NamedTuple):
    """A kind of buyer: share of its type, orders a year, years it stays, lines an order beyond the first, asks why."""

    type: str
    share: float
    pace: float
    years: float
    lines: float
    gives_reason: float


ENGLISH = (
    "Ash Birch Thorn Brook Hazel Lark Marsh Raven Stone Wether Alder Fen Hart Oaken Quill Rush",
    "combe wick mere holt stead low garth burn leigh croft",
)
COUNTRIES = {
    "Germany": Country(
        "DE", "Europe", 0.24, 0.19, 0.5, 5,
        "Anna Jonas Lena Paul Marie Felix Clara Emil Greta Moritz Ida Oskar Lotte Anton Frieda Jakob",
        "Falken Birken Eschen Alten Winter Linden Hasel Stein Hohen Reh Buchen Dachs Erlen Finken Ahorn Weiden",
        "brink hauer kamp stieg rohde lohe wieser thal mann grund",
        "Radwerk {}|Zweirad {}|Fahrradhof {}|Velohaus {}",
    ),
    "France": Country(
        "FR", "Europe", 0.19, 0.20, 0.75, 5,
        "Camille Louis Chloé Hugo Manon Jules Inès Gabriel Léa Arthur Zoé Nathan Élise Théo Margaux Rémi",
        "Beau Clair Haut Roch Vert Mar Val Bois Font Cham Aube Sauve Lor Pré Char Bel",
        "mareil vallon rivel sanne cerf melle gny thier doux lande",
        "Cycles {}|Atelier Vélo {}|Maison {} Cycles|Vélo {}",
    ),
    "Italy": Country(
        "IT", "Europe", 0.15, 0.22, 1.3, 4,
        "Giulia Marco Sofia Luca Chiara Matteo Elena Davide Alice Andrea Marta Pietro Irene Nicolò Bianca Dario",
        "Bel Mont Ros Camp Val Gal Fior Mar Tor Ven Luc Ald Ser Pin Cor Bran",
        "anelli orini egatti astri ondello inari ezzani avoli uccini etto",
        "Cicli {}|Bici {}|Officina {}|Ciclo {}",
    ),
    "United States": Country(
        "US", "North America", 0.23, 0.07, 0.3, 6,
        "Emma Liam Olivia Noah Ava Mason Harper Ethan Nora Caleb Grace Owen Ruby Wyatt Ivy Miles", *ENGLISH,
        "{} Bike Works|{} Cyclery|{} Bicycles|{} & Sons Bikes",
    ),
    "Canada": Country(
        "CA", "North America", 0.09, 0.05, 0.45, 6,
        "Charlotte Logan Amelia Jack Mila Lucas Zoe Nathan Élodie Samuel Florence William Maya Thomas Alice Félix",
        *ENGLISH,
        "{} Cycle & Ski|{} Bike Shop|{} Outfitters|{} Wheel House",
    ),
    "Australia": Country(
        "AU", "Oceania", 0.10, 0.10, 0.5, 11,
        "Isla Jack Matilda Henry Willow Archie Poppy Leo Evie Hamish Tilly Angus Sienna Banjo Daisy Flynn", *ENGLISH,
        "{} Bicycle Company|{} Bikes|{} Pedal Post|{} Ride Centre",
    ),
}  # fmt: skip

# country, region, city, latitude, longitude, share of the country's customers
PLACES = (
    ("Germany", "Bavaria", "Munich", 48.137, 11.575, 16),
    ("Germany", "Bavaria", "Nuremberg", 49.452, 11.077, 6),
    ("Germany", "Baden-Württemberg", "Stuttgart", 48.776, 9.183, 10),
    ("Germany", "Baden-Württemberg", "Freiburg", 47.995, 7.850, 8),
    ("Germany", "North Rhine-Westphalia", "Cologne", 50.938, 6.960, 13),
    ("Germany", "North Rhine-Westphalia", "Münster", 51.962, 7.626, 11),
    ("Germany", "Hesse", "Frankfurt", 50.111, 8.682, 7),
    ("Germany", "Lower Saxony", "Hanover", 52.376, 9.732, 7),
    ("Germany", "Saxony", "Leipzig", 51.340, 12.373, 5),
    ("Germany", "Berlin", "Berlin", 52.520, 13.405, 10),
    ("Germany", "Hamburg", "Hamburg", 53.551, 9.994, 9),
    ("France", "Île-de-France", "Paris", 48.857, 2.352, 26),
    ("France", "Auvergne-Rhône-Alpes", "Lyon", 45.764, 4.836, 15),
    ("France", "Auvergne-Rhône-Alpes", "Grenoble", 45.188, 5.724, 9),
    ("France", "Provence-Alpes-Côte d'Azur", "Marseille", 43.296, 5.370, 9),
    ("France", "Provence-Alpes-Côte d'Azur", "Nice", 43.710, 7.262, 8),
    ("France", "Occitania", "Toulouse", 43.605, 1.444, 10),
    ("France", "Nouvelle-Aquitaine", "Bordeaux", 44.838, -0.579, 9),
    ("France", "Brittany", "Rennes", 48.117, -1.678, 8),
    ("France", "Grand Est", "Strasbourg", 48.573, 7.752, 6),
    ("Italy", "Lombardy", "Milan", 45.464, 9.190, 24),
    ("Italy", "Lombardy", "Bergamo", 45.698, 9.677, 12),
    ("Italy", "Veneto", "Verona", 45.438, 10.992, 13),
    ("Italy", "Veneto", "Padua", 45.407, 11.877, 9),
    ("Italy", "Emilia-Romagna", "Bologna", 44.494, 11.343, 14),
    ("Italy", "Tuscany", "Florence", 43.770, 11.256, 11),
    ("Italy", "Lazio", "Rome", 41.903, 12.496, 10),
    ("Italy", "Piedmont", "Turin", 45.070, 7.687, 7),
    ("United States", "California", "Sacramento", 38.582, -121.494, 14),
    ("United States", "California", "San Diego", 32.716, -117.161, 12),
    ("United States", "Colorado", "Denver", 39.739, -104.990, 13),
    ("United States", "Colorado", "Boulder", 40.015, -105.271, 9),
    ("United States", "Oregon", "Portland", 45.515, -122.678, 11),
    ("United States", "Washington", "Seattle", 47.606, -122.332, 10),
    ("United States", "Texas", "Austin", 30.267, -97.743, 9),
    ("United States", "New York", "New York", 40.713, -74.006, 9),
    ("United States", "Minnesota", "Minneapolis", 44.978, -93.265, 7),
    ("United States", "North Carolina", "Asheville", 35.595, -82.551, 6),
    ("Canada", "Ontario", "Toronto", 43.653, -79.383, 24),
    ("Canada", "Ontario", "Ottawa", 45.422, -75.697, 12),
    ("Canada", "Quebec", "Montreal", 45.502, -73.567, 20),
    ("Canada", "Quebec", "Quebec City", 46.814, -71.208, 8),
    ("Canada", "British Columbia", "Vancouver", 49.283, -123.121, 23),
    ("Canada", "Alberta", "Calgary", 51.045, -114.072, 13),
    ("Australia", "New South Wales", "Sydney", -33.869, 151.209, 26),
    ("Australia", "Victoria", "Melbourne", -37.814, 144.963, 26),
    ("Australia", "Victoria", "Geelong", -38.149, 144.361, 6),
    ("Australia", "Queensland", "Brisbane", -27.470, 153.025, 16),
    ("Australia", "Western Australia", "Perth", -31.952, 115.861, 12),
    ("Australia", "South Australia", "Adelaide", -34.929, 138.601, 9),
    ("Australia", "Tasmania", "Hobart", -42.882, 147.327, 5),
)

KINDS = {
    "shop": Kind("Dealer", 0.38, 10.0, 6.0, 4.7, 0.45),
    "workshop": Kind("Dealer", 0.24, 13.0, 5.0, 3.8, 0.35),
    "specialist": Kind("Dealer", 0.18, 7.5, 4.0, 3.5, 0.55),
    "rental": Kind("Dealer", 0.20, 1.4, 4.0, 1.5, 0.60),
    "commuter": Kind("Private", 0.27, 2.0, 4.0, 0.9, 0.85),
    "racer": Kind("Private", 0.17, 6.4, 4.0, 1.1, 0.90),
    "trail": Kind("Private", 0.19, 4.6, 3.5, 1.0, 0.80),
    "family": Kind("Private", 0.22, 1.3, 3.5, 0.7, 0.75),
    "collector": Kind("Private", 0.15, 6.0, 3.0, 0.5, 0.80),
}
# How much likelier a kind of buyer is in a country than elsewhere.
KIND_TILT = {
    ("Germany", "commuter"): 1.7, ("Germany", "racer"): 0.7, ("Germany", "rental"): 0.6,
    ("France", "family"): 2.6, ("France", "rental"): 1.6, ("France", "trail"): 0.7,
    ("Italy", "racer"): 2.6, ("Italy", "specialist"): 2.2, ("Italy", "rental"): 2.2, ("Italy", "family"): 0.5,
    ("United States", "trail"): 2.0, ("United States", "collector"): 1.5, ("United States", "commuter"): 0.5,
    ("Canada", "trail"): 1.7, ("Canada", "workshop"): 1.7, ("Canada", "racer"): 0.5,
    ("Australia", "racer"): 1.5, ("Australia", "collector"): 1.6, ("Australia", "family"): 0.7,
}  # fmt: skip

# category, subcategory, products, lowest and highest list price, cost as a share of list price, pieces on a dealer's
# line, model names, then how often each kind of buyer (in the order of KINDS) takes it
SUBCATEGORIES = (
    ("Bikes", "Road Bikes", 10, 899, 5900, 0.53, 1.5, "Merrin Road|Sorrel Road", (7, 1, 16, 1, 1, 9, 0, 0, 1)),
    ("Bikes", "Mountain Bikes", 10, 699, 4900, 0.52, 1.5, "Skerry Trail|Moraine Enduro", (8, 1, 12, 4, 0, 0, 11, 1, 1)),
    ("Bikes", "Gravel Bikes", 9, 1199, 4400, 0.50, 1.2, "Drover Gravel|Heath Gravel", (2, 0, 5, 1, 1, 2, 2, 0, 1)),
    ("Bikes", "City Bikes", 9, 449, 1490, 0.57, 2.5, "Pavane City|Lindley City", (10, 1, 0, 12, 9, 0, 0, 5, 0)),
    ("Bikes", "E-Bikes", 10, 1990, 5600, 0.65, 1.2, "Amber E-City|Amber E-Trail", (8, 0, 3, 12, 8, 0, 2, 3, 0)),
    ("Bikes", "Kids' Bikes", 6, 189, 449, 0.79, 3.0, "Pippit Kids", (6, 0, 0, 5, 0, 0, 0, 16, 0)),
    ("Components", "Frames", 7, 320, 2400, 0.48, 1.0, "Merrin Frame|Skerry Frame", (1, 2, 9, 0, 0, 3, 2, 0, 1)),
    ("Components", "Wheels", 8, 89, 1250, 0.47, 3.0, "Gyre Wheelset", (3, 9, 8, 1, 1, 8, 6, 0, 1)),
    ("Components", "Brakes", 7, 24, 240, 0.44, 7.0, "Stopwell Disc Brake", (3, 14, 4, 2, 3, 3, 8, 1, 0)),
    ("Components", "Drivetrain", 8, 19, 420, 0.45, 8.0, "Treadle Groupset", (3, 17, 6, 2, 4, 9, 8, 1, 0)),
    ("Components", "Saddles", 6, 29, 190, 0.42, 6.0, "Perch Saddle", (4, 6, 3, 2, 3, 4, 3, 1, 1)),
    ("Components", "Handlebars", 6, 25, 260, 0.43, 5.0, "Yoke Handlebar", (2, 6, 4, 0, 2, 4, 5, 0, 1)),
    ("Clothing", "Jerseys", 7, 45, 149, 0.34, 6.0, "Tailwind Jersey|Meadow Jersey", (4, 0, 4, 0, 1, 12, 5, 1, 20)),
    ("Clothing", "Shorts", 7, 49, 179, 0.35, 5.0, "Tailwind Shorts|Ridge Shorts", (3, 0, 4, 0, 1, 10, 5, 1, 12)),
    ("Clothing", "Gloves", 7, 19, 69, 0.33, 8.0, "Grasp Gloves", (4, 1, 2, 1, 4, 5, 7, 2, 11)),
    ("Clothing", "Jackets", 7, 79, 289, 0.37, 4.0, "Brumal Jacket", (3, 0, 3, 0, 5, 4, 4, 2, 9)),
    ("Accessories", "Helmets", 7, 39, 229, 0.40, 6.0, "Dome Helmet", (8, 1, 4, 10, 6, 4, 6, 11, 5)),
    ("Accessories", "Lights", 6, 15, 119, 0.38, 10.0, "Glimmer Light", (8, 6, 1, 6, 11, 2, 4, 5, 2)),
    ("Accessories", "Locks", 6, 19, 129, 0.41, 8.0, "Clasp Lock", (7, 3, 1, 11, 10, 1, 1, 5, 1)),
    ("Accessories", "Bags", 7, 25, 179, 0.39, 5.0, "Stowell Pannier", (5, 1, 1, 4, 10, 1, 2, 3, 7)),
)
# How much likelier a subcategory is bought in a country than elsewhere.
SUBCATEGORY_TILT = {
    ("Germany", "E-Bikes"): 1.7, ("Germany", "Locks"): 1.4, ("Germany", "Lights"): 1.4,
    ("France", "City Bikes"): 1.6, ("France", "Bags"): 1.5, ("France", "Mountain Bikes"): 0.6,
    ("Italy", "Road Bikes"): 1.6, ("Italy", "Jerseys"): 1.5, ("Italy", "E-Bikes"): 0.6,
    ("United States", "Mountain Bikes"): 1.6, ("United States", "Gravel Bikes"): 1.7, ("United States", "E-Bikes"): 0.5,
    ("Canada", "Jackets"): 1.9, ("Canada", "Mountain Bikes"): 1.4, ("Canada", "City Bikes"): 0.6,
    ("Australia", "Helmets"): 1.8, ("Australia", "Road Bikes"): 1.3, ("Australia", "Jackets"): 0.5,
}  # fmt: skip

# reason, its type, then how likely each kind of buyer (in the order of KINDS) names it when asked
REASONS = (
    ("Price", "Offer", (0.30, 0.38, 0.10, 0.35, 0.18, 0.08, 0.16, 0.48, 0.20)),
    ("Promotion", "Offer", (0.16, 0.12, 0.06, 0.20, 0.12, 0.10, 0.14, 0.26, 0.42)),
    ("Quality", "Product", (0.18, 0.26, 0.34, 0.12, 0.18, 0.34, 0.26, 0.12, 0.10)),
    ("Test report", "Product", (0.08, 0.04, 0.22, 0.06, 0.32, 0.30, 0.18, 0.06, 0.06)),
    ("Availability", "Product", (0.30, 0.34, 0.16, 0.30, 0.08, 0.06, 0.08, 0.06, 0.04)),
    ("Dealer's advice", "Word of mouth", (0.02, 0.02, 0.02, 0.06, 0.20, 0.08, 0.10, 0.26, 0.03)),
    ("Friend's advice", "Word of mouth", (0.02, 0.03, 0.04, 0.04, 0.12, 0.18, 0.36, 0.12, 0.12)),
    ("Race sponsorship", "Advertising", (0.02, 0.01, 0.12, 0.00, 0.01, 0.22, 0.10, 0.01, 0.14)),
    ("Social media", "Advertising", (0.01, 0.00, 0.02, 0.01, 0.06, 0.08, 0.14, 0.05, 0.24)),
)
REASON_TILT = {
    ("Germany", "Test report"): 1.8, ("France", "Price"): 1.3, ("Italy", "Race sponsorship"): 1.9,
    ("Italy", "Dealer's advice"): 1.6, ("United States", "Social media"): 1.9, ("United States", "Promotion"): 1.4,
    ("Canada", "Friend's advice"): 1.6, ("Australia", "Availability"): 1.8,
}  # fmt: skip
