package aiguillage.conformance.driver;

import java.util.HashMap;
import java.util.Map;

/// Flat files by SFTP: what is sent becomes a document at the hub, and what is read was one (formats.md).
public final class FlatDoor implements Door {

    private static final Words NO_MARKUP = new Words(
            "Un fichier plat n'a pas de balises : c'est le hub qui fait le document.",
            "A flat file has no markup: the hub makes the document.");
    private static final Words NO_LINE_END = new Words(
            "Une ligne est un enregistrement : un champ n'a pas de fin de ligne.",
            "A line is a record: a field has no line end.");
    private static final Words DESCRIBED = new Words(
            "L'encodage d'un fichier plat est celui de sa description, non le sien.",
            "A flat file's encoding is that of its description, not its own.");
    private final SftpDoor sftp = new SftpDoor();

    @Override
    public String name() {
        return "flat";
    }

    @Override
    public String player() {
        return "dealer-f";
    }

    @Override
    public boolean isOpenAt(Place place) {
        return sftp.isOpenAt(place);
    }

    @Override
    public DealerDriver open(Identity identity, Place place) {
        return new TreeDriver(identity, place, SftpLine::open, FileForm.FLAT);
    }

    @Override
    public byte[] written(Offer offer) {
        return FileForm.FLAT.written().apply(offer.content());
    }

    @Override
    public Map<String, Words> inexpressible() {
        Map<String, Words> reasons = new HashMap<>(sftp.inexpressible());
        reasons.put("not-well-formed", NO_MARKUP);
        reasons.put("external-entity", NO_MARKUP);
        reasons.put("entity-bomb", NO_MARKUP);
        reasons.put("too-deep", NO_MARKUP);
        reasons.put("sections-and-comments", NO_MARKUP);
        reasons.put("line-ends", NO_LINE_END);
        reasons.put("iso-8859-1", DESCRIBED);
        return Map.copyOf(reasons);
    }

    @Override
    public Map<String, Otherwise> otherwise() {
        return sftp.otherwise();
    }
}
