package aiguillage.app.warranty;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/// A kind of repair as workshops do it under warranty, with its texts in each language.
///
/// @param allowed hours the manufacturer allows for it
record Repair(
        String defect,
        String operation,
        BigDecimal allowed,
        List<Part> parts,
        Words french,
        Words german,
        Words english) {

    /// One that is done along with another.
    static final Repair SMALL = new Repair(
            "EL17",
            "84-1120",
            new BigDecimal("0.7"),
            List.of(new Part("8434005521", "164.00")),
            new Words(
                    "Lève-vitre",
                    "Moteur de lève-vitre bloqué",
                    "La vitre avant gauche ne remonte plus",
                    "Mécanisme de lève-vitre remplacé et initialisé"),
            new Words(
                    "Fensterheber",
                    "Motor des Fensterhebers blockiert",
                    "Fenster vorn links schließt nicht mehr",
                    "Fensterheber ersetzt und angelernt"),
            new Words(
                    "Window regulator",
                    "Motor of the window regulator seized",
                    "Front left window does not close",
                    "Window regulator replaced and initialised"));

    /// Repairs that no centre thinks twice about.
    static final List<Repair> COMMON = List.of(
            new Repair(
                    "PM03",
                    "21-0450",
                    new BigDecimal("1.8"),
                    List.of(new Part("8412100377", "118.35"), new Part("8412100912", "9.80")),
                    new Words(
                            "Pompe à eau",
                            "Jeu axial au roulement de la pompe à eau",
                            "Sifflement moteur à froid",
                            "Pompe à eau remplacée, circuit purgé"),
                    new Words(
                            "Wasserpumpe",
                            "Lager der Wasserpumpe hat Axialspiel",
                            "Pfeifen bei kaltem Motor",
                            "Wasserpumpe ersetzt, Kühlkreis entlüftet"),
                    new Words(
                            "Water pump",
                            "Axial play in the water pump's bearing",
                            "Whistling noise when cold",
                            "Water pump replaced, circuit bled")),
            SMALL,
            new Repair(
                    "BR08",
                    "46-2300",
                    new BigDecimal("1.2"),
                    List.of(new Part("8446011908", "87.20"), new Part("8446011909", "87.20")),
                    new Words(
                            "Étrier de frein",
                            "Piston d'étrier grippé",
                            "Le véhicule tire à droite au freinage",
                            "Étriers arrière remplacés, freins purgés"),
                    new Words(
                            "Bremssattel",
                            "Kolben im Bremssattel klemmt",
                            "Fahrzeug zieht beim Bremsen nach rechts",
                            "Bremssättel hinten ersetzt, Bremse entlüftet"),
                    new Words(
                            "Brake caliper",
                            "Caliper piston seized",
                            "Vehicle pulls to the right when braking",
                            "Rear calipers replaced, brakes bled")),
            new Repair(
                    "CL22",
                    "87-0710",
                    new BigDecimal("2.4"),
                    List.of(new Part("8487003344", "389.90"), new Part("8487000125", "14.60")),
                    new Words(
                            "Compresseur de climatisation",
                            "Fuite au joint d'arbre du compresseur",
                            "La climatisation ne refroidit plus",
                            "Compresseur remplacé, circuit rempli et contrôlé"),
                    new Words(
                            "Klimakompressor",
                            "Wellendichtung des Kompressors undicht",
                            "Klimaanlage kühlt nicht mehr",
                            "Kompressor ersetzt, Anlage befüllt und geprüft"),
                    new Words(
                            "Air-conditioning compressor",
                            "Shaft seal of the compressor leaks",
                            "Air conditioning no longer cools",
                            "Compressor replaced, system filled & tested")));

    /// One that costs more than a dealer may spend without asking first.
    static final Repair COSTLY = new Repair(
            "GB01",
            "32-9000",
            new BigDecimal("6.5"),
            List.of(new Part("8432000017", "3180.00")),
            new Words(
                    "Boîte de vitesses automatique",
                    "Pignon de seconde détruit",
                    "Passage en mode dégradé, vibrations",
                    "Boîte de vitesses échangée"),
            new Words(
                    "Automatikgetriebe",
                    "Zahnrad des zweiten Gangs zerstört",
                    "Notlauf, Vibrationen",
                    "Getriebe getauscht"),
            new Words("Automatic gearbox", "Second gear destroyed", "Limp mode, vibrations", "Gearbox exchanged"));

    BigDecimal partsAmount() {
        return parts.stream().map(Part::price).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// The texts in the dealer's language.
    Words in(Locale language) {
        return switch (language.getLanguage()) {
            case "fr" -> french;
            case "de" -> german;
            default -> english;
        };
    }

    /// @param price of one, in EUR
    record Part(String item, BigDecimal price) {
        Part(String item, String price) {
            this(item, new BigDecimal(price));
        }
    }

    /// @param part what the part is called
    record Words(String part, String cause, String complaint, String correction) {}
}
