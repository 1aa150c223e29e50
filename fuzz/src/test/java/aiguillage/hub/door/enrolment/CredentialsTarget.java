package aiguillage.hub.door.enrolment;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.fuzz.Inputs;
import aiguillage.fuzz.Target;
import aiguillage.pki.est.EnrolmentCode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/// The header `Authorization` of an enrolment, from strangers.
public final class CredentialsTarget implements Target {

    @Override
    public List<byte[]> seeds() {
        String plain = "dealer-7:" + EnrolmentCode.random(new SecureRandom()).printed();
        return Inputs.of(
                "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)), "Bearer x");
    }

    @Override
    public void run(byte[] input) {
        try {
            Credentials credentials = Credentials.of(Inputs.text(input));
            require(!credentials.party().value().isEmpty(), "names a party");
        } catch (IllegalArgumentException refused) {
            require(refused.getMessage() != null && refused.getMessage().length() < 200, "says why, and shows nothing");
        }
    }
}
