package aiguillage.hub.door.as4;

import aiguillage.hub.as4.As4Fault;
import aiguillage.hub.as4.EbmsError;
import aiguillage.hub.as4.Mime;
import aiguillage.hub.as4.Opening;
import aiguillage.hub.as4.PayloadPart;
import aiguillage.hub.intake.Intake;
import aiguillage.hub.intake.Received;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.problem.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.bouncycastle.crypto.io.CipherIOException;

/// Reads payloads of AS4's messages to their files: decrypted, digested, unpacked, written, in one pass. Safe
/// from any thread; waits.
final class As4Payloads {

    /// Payloads that are checked as a tree at the same time; others wait.
    private static final int TREES_MAX = 2;

    private final Intake intake;
    private final Semaphore trees = new Semaphore(TREES_MAX, true);

    As4Payloads(Intake intake) {
        this.intake = intake;
    }

    /// How a payload is to be.
    ///
    /// @param properties of its `PartInfo`
    /// @param digest as it was signed
    /// @param bytesMax the most that is taken
    /// @param tooLarge says that it is more
    /// @param keptMax of what was packed so much is kept; 0 keeps nothing
    /// @param holdsXml called before a payload is read that is held whole for its digest
    record Wanted(
            Map<String, String> properties,
            byte[] digest,
            long bytesMax,
            Supplier<Refused> tooLarge,
            int keptMax,
            Runnable holdsXml) {}

    /// A payload that is as it was signed.
    ///
    /// @param isPacked whether it came packed
    /// @param packed what was kept of that
    record Read(Received received, boolean isPacked, byte[] packed) {}

    /// Reads one; what is not as it was signed is dropped.
    ///
    /// @param comes told of bytes that came
    Read read(Mime.Part part, Opening opening, Wanted wanted, LongConsumer comes) throws As4Fault, IOException {
        PayloadPart payload;
        try {
            payload = new PayloadPart(wanted.properties, opening, part, wanted.bytesMax);
        } catch (CipherIOException e) {
            throw new As4Fault(EbmsError.FAILED_DECRYPTION, "The encrypted payload is too short to be one.");
        } catch (Mime.BrokenOff e) {
            throw e;
        } catch (IOException e) {
            throw PayloadPart.noBase64(e);
        }
        payload.keepPacked(wanted.keptMax);
        if (payload.makesTree()) {
            wanted.holdsXml.run();
        }
        Received received = null;
        boolean isGood = false;
        try {
            try (InputStream plain = payload.open()) {
                received = intake.read(plain, -1, wanted.bytesMax, wanted.tooLarge, comes);
            } catch (Payloads.DiskRefuses e) {
                throw e; // the disk failed, not the sender
            } catch (Mime.BrokenOff e) {
                throw e;
            } catch (IOException e) {
                payload.requireWhole(e);
                requireAsSigned(payload, wanted.digest); // what was changed on its way often shows first as bad gzip
                throw PayloadPart.noGzip(e);
            }
            requireAsSigned(payload, wanted.digest);
            isGood = true;
            return new Read(received, payload.isPacked(), payload.packed());
        } finally {
            if (!isGood && received != null) {
                intake.drop(received);
            }
        }
    }

    private void requireAsSigned(PayloadPart payload, byte[] digest) throws As4Fault, IOException {
        payload.readToEnd();
        if (!payload.makesTree()) {
            payload.requireAsSigned(digest);
            return;
        }
        trees.acquireUninterruptibly(); // only now, when nothing is waited for any more
        try {
            payload.requireAsSigned(digest);
        } finally {
            trees.release();
        }
    }
}
