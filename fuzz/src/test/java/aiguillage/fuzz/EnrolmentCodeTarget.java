package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.pki.est.EnrolmentCode;
import java.security.SecureRandom;
import java.util.List;

/// An enrolment code as typed.
final class EnrolmentCodeTarget implements Target {

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(EnrolmentCode.random(new SecureRandom()).printed());
    }

    @Override
    public void run(byte[] input) {
        EnrolmentCode code;
        try {
            code = EnrolmentCode.parse(Inputs.text(input));
        } catch (IllegalArgumentException refused) {
            return;
        }
        require(EnrolmentCode.parse(code.printed()).equals(code), "reads what it printed");
        require(code.fits(code.hash()), "fits its own hash");
    }
}
