package aiguillage.hub.trust;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.CertificateRow;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The serials of certificates this hub was told not to trust any more. Safe from any thread.
public final class Revoked {

    private final Set<String> serials = ConcurrentHashMap.newKeySet();

    /// Reads what is revoked by now.
    public Revoked(Store store) {
        try (Store.Scan scan = store.scan(Table.CERTIFICATES, new byte[] {0}, new byte[] {(byte) 0xff})) {
            while (scan.next()) {
                if (CertificateRow.decode(scan.value()).revoked()) {
                    serials.add(new String(scan.key(), StandardCharsets.US_ASCII));
                }
            }
        }
    }

    /// Tells of a recorded entry.
    public void recorded(Entry entry) {
        if (entry instanceof Entry.CertificateRevoked revoked) {
            serials.add(revoked.serial());
        }
    }

    public boolean contains(BigInteger serial) {
        return !serials.isEmpty() && serials.contains(text(serial));
    }

    /// A serial as the journal writes it: lower-case hex.
    public static String text(BigInteger serial) {
        return serial.toString(16);
    }
}
