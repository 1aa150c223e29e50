package aiguillage.conformance.driver;

import java.util.HashMap;
import java.util.Map;

/// SFTP version 3 (draft-ietf-secsh-filexfer-02): files put, fetched, removed and renamed.
public final class SftpDoor implements Door {

    private final FileForm form;

    /// XML, as it is.
    public SftpDoor() {
        this(FileForm.AS_THEY_ARE);
    }

    SftpDoor(FileForm form) {
        this.form = form;
    }

    /// Files as they are, under names of another ending.
    ///
    /// @param extension `.flat`
    public static SftpDoor ofFiles(String extension) {
        return new SftpDoor(new FileForm(extension, content -> content, content -> content));
    }

    private static final Words KEYS_DO_NOT_END = new Words(
            "Une clé SSH n'a ni date de fin ni autorité ; elle est dans la table, ou elle n'y est pas.",
            "An SSH key has neither an end nor an authority; it is in the table, or it is not.");
    private static final Words THE_USER_NAME = new Words(
            "L'expéditeur est le nom d'utilisateur : sous un autre nom, la clé n'ouvre rien.",
            "The sender is the user name: under another's name the key opens nothing.");

    @Override
    public String name() {
        return "sftp";
    }

    @Override
    public boolean isOpenAt(Place place) {
        return place.sftp() != null;
    }

    @Override
    public DealerDriver open(Identity identity, Place place) {
        return new TreeDriver(identity, place, SftpLine::open, form);
    }

    @Override
    public Map<String, Words> inexpressible() {
        Map<String, Words> reasons = new HashMap<>(TreeDriver.INEXPRESSIBLE);
        reasons.put("expired", KEYS_DO_NOT_END);
        return Map.copyOf(reasons);
    }

    @Override
    public Map<String, Otherwise> otherwise() {
        return TreeDriver.otherwise(THE_USER_NAME);
    }
}
