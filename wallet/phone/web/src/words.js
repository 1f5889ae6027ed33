// What this page says by itself, before Python is there to say it. Level B1, Dutch and English.

const WORDS = {
  nl: {
    title: "Skillspaspoort",
    moment: "Een ogenblik. Uw paspoort start.",
    first: "De eerste keer duurt dit langer. Daarna werkt het ook zonder internet.",
    again: "Probeer opnieuw",
    here: "Open het hier",
    "no-start": "Het paspoort start niet. Sluit andere apps en probeer opnieuw.",
    "no-answer": "Er ging iets mis. Uw gegevens zijn veilig bewaard. Open het paspoort opnieuw.",
    "no-storage":
      "Deze browser bewaart niets. Gebruikt u een privévenster? Open het paspoort dan in een gewoon venster.",
    "open-elsewhere": "Uw paspoort is al open in een ander tabblad of venster. Ga daarheen, of open het hier.",
    "taken-over": "U hebt uw paspoort in een ander tabblad geopend. Hier is het gesloten.",
    "back-taken": "U bent terug. Ga naar het tabblad met uw paspoort: daar gaat het verder. Dit tabblad mag dicht.",
    "back-late": "Uw paspoort is niet meer open, of het inloggen is voorbij. Open uw paspoort en begin opnieuw.",
    "back-open": "Open het paspoort",
    "old-browser":
      "Deze browser kan uw paspoort niet openen. Werk uw browser bij, of neem Chrome, Edge, Firefox of Safari. Open dan deze pagina opnieuw.",
    "not-isolated": "De server van deze pagina is niet goed ingesteld. Vraag de beheerder om hulp.",
    update: "Er is een nieuwe versie van uw paspoort.",
    take: "Neem de nieuwe versie",
    later: "Later",
    look: "Bekijk wat dit is",
    about: "Over deze app",
    camera: "Scan met de camera",
    "camera-stop": "Stop de camera",
    "camera-aim": "Houd de code voor de camera.",
    "camera-part": "Deel {read} van {all} gelezen. Houd de camera stil.",
    "camera-no": "De camera werkt niet of mag niet. Geef toestemming, of kies een foto van de code.",
  },
  en: {
    title: "Skills passport",
    moment: "One moment. Your passport is starting.",
    first: "The first time takes longer. After that it works without internet too.",
    again: "Try again",
    here: "Open it here",
    "no-start": "The passport does not start. Close other apps and try again.",
    "no-answer": "Something went wrong. Your data is kept safe. Open the passport again.",
    "no-storage": "This browser keeps nothing. Is this a private window? Then open the passport in a normal window.",
    "open-elsewhere": "Your passport is already open in another tab or window. Go there, or open it here.",
    "taken-over": "You opened your passport in another tab. Here it is closed.",
    "back-taken": "You are back. Go to the tab with your passport: it goes on there. You may close this tab.",
    "back-late": "Your passport is not open any more, or the sign-in is over. Open your passport and begin again.",
    "back-open": "Open the passport",
    "old-browser":
      "This browser can't open your passport. Update it, or use Chrome, Edge, Firefox or Safari. Then open this page again.",
    "not-isolated": "The server of this page is not set up well. Ask its administrator for help.",
    update: "There is a new version of your passport.",
    take: "Take the new version",
    later: "Later",
    look: "See what this is",
    about: "About this app",
    camera: "Scan with the camera",
    "camera-stop": "Stop the camera",
    "camera-aim": "Hold the code in front of the camera.",
    "camera-part": "Part {read} of {all} is read. Hold the camera still.",
    "camera-no": "The camera does not work or is not allowed. Give permission, or choose a photo of the code.",
  },
};

const KEPT = "language";

const stored = () => {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
};

export const language = () => {
  const wanted = [stored(), ...navigator.languages].map((each) => each?.slice(0, 2));
  return wanted.find((each) => each in WORDS) ?? "nl";
};

export const choose = (chosen) => {
  if (chosen in WORDS) localStorage.setItem(KEPT, chosen);
};

export const say = (code, values = {}) =>
  WORDS[language()][code].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
