package aiguillage.hub.door.enrolment;

import aiguillage.pki.est.EnrolmentCode;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Who enrols, by HTTP Basic: a party's name and the hash of its one-time code.
record Credentials(PartyId party, Digest code) {

    private static final String BASIC = "Basic ";

    /// Reads the header `Authorization`.
    ///
    /// @throws IllegalArgumentException when it is missing or anything else; the message names nothing of it
    static Credentials of(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(BASIC)) {
            throw new IllegalArgumentException("Send the party's name and its code by HTTP Basic");
        }
        String[] parts =
                decoded(authorization.substring(BASIC.length()).strip()).split(":", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("Send the party's name and its code by HTTP Basic");
        }
        try {
            return new Credentials(
                    new PartyId(parts[0]), EnrolmentCode.parse(parts[1]).hash());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Name or code is not well-formed", e);
        }
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The Authorization header is not HTTP Basic", e);
        }
    }
}
