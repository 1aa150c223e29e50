package aiguillage.simulation.check;

import aiguillage.protocol.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// What one dealer management system has found in its folders.
public final class DmsTruth {

    private final Truth truth;
    private final String party;
    private final Map<String, Taken> byName = new TreeMap<>();
    private final Map<String, String> nameOf = new HashMap<>();
    private final Map<String, Long> lastOfFlow = new HashMap<>();
    private int powerLosses;

    private record Taken(String digest, int powerLosses) {}

    public DmsTruth(Truth truth, String party) {
        this.truth = truth;
        this.party = party;
    }

    /// Names that were not forced may come back once more.
    public void powerWasLost() {
        powerLosses++;
    }

    /// Whether the DMS has taken a file with these bytes.
    public boolean has(String digest) {
        return nameOf.containsKey(digest);
    }

    /// Whether the DMS has taken a file of this name.
    public boolean hasTaken(String folder, String name) {
        return byName.containsKey(folder + "/" + name);
    }

    /// The DMS found a file, complete with its envelope, and takes it.
    ///
    /// @param folder such as `opel/in/warranty-claim`
    /// @param said the digest its envelope announces
    public void takes(String hub, String folder, String name, byte[] bytes, String said) {
        Findings findings = truth.findings();
        String digest = Digest.of(bytes).toString();
        findings.require(digest.equals(said), "bytes", party + " found " + name + " with other bytes than announced");
        Taken before = byName.put(folder + "/" + name, new Taken(digest, powerLosses));
        findings.require(
                before == null || (before.powerLosses < powerLosses && before.digest.equals(digest)),
                "exactly once",
                party + " found " + folder + "/" + name + " a second time");
        long position = Long.parseLong(name.substring(0, name.indexOf('-')));
        HubTruth.Offer offer = truth.journal(hub).offer(party, position);
        if (offer == null) {
            findings.violated("I4 need to know", party + " found " + name + ", which is not for it");
            return;
        }
        String flow = folder.replace("/in/", "/");
        findings.require(
                offer.flow().equals(flow), "I4 need to know", party + " found " + offer + " in the folder " + folder);
        if (!flow.endsWith(".notice")) {
            findings.require(
                    offer.document().payload().equals(digest), "bytes", party + " found other bytes than " + offer);
            String known = nameOf.put(digest + " " + position, name);
            findings.require(
                    known == null || known.equals(name),
                    "exactly once",
                    party + " found " + offer + " as " + known + " and as " + name);
        }
        nameOf.put(digest, name);
        if (before == null) {
            Long last = lastOfFlow.put(hub + " " + flow, position);
            findings.require(
                    last == null || last < position,
                    "order",
                    party + " found " + name + " of " + flow + " behind " + last);
        }
    }
}
