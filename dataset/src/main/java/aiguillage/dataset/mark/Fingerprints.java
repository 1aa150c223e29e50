package aiguillage.dataset.mark;

import java.util.Arrays;

/// Which fingerprint is whose. A fingerprint with two owners is nobody's: what it is of can be read in two
/// ways. About 24 bytes for each, and not for several threads.
final class Fingerprints {

    private static final int NOBODY = -1;
    private static final int TOO_MANY = -2;

    private long[] prints = new long[1 << 10];
    private int[] owners = new int[1 << 10];
    private int count;

    Fingerprints() {
        Arrays.fill(owners, NOBODY);
    }

    /// @param owner 0 or more
    void put(long print, int owner) {
        if (2 * count >= prints.length) {
            grow();
        }
        int at = slot(print);
        if (owners[at] == NOBODY) {
            prints[at] = print;
            owners[at] = owner;
            count++;
        } else if (owners[at] != owner) {
            owners[at] = TOO_MANY;
        }
    }

    /// Somebody else has this fingerprint as well.
    void spoil(long print) {
        int at = slot(print);
        if (owners[at] != NOBODY) {
            owners[at] = TOO_MANY;
        }
    }

    /// The owner, or less than 0 when there is none or more than one.
    int owner(long print) {
        return owners[slot(print)];
    }

    private int slot(long print) {
        int at = (int) print & prints.length - 1;
        while (owners[at] != NOBODY && prints[at] != print) {
            at = at + 1 & prints.length - 1;
        }
        return at;
    }

    private void grow() {
        long[] before = prints;
        int[] ownersBefore = owners;
        prints = new long[2 * before.length];
        owners = new int[2 * before.length];
        Arrays.fill(owners, NOBODY);
        for (int i = 0; i < before.length; i++) {
            if (ownersBefore[i] != NOBODY) {
                int at = slot(before[i]);
                prints[at] = before[i];
                owners[at] = ownersBefore[i];
            }
        }
    }
}
