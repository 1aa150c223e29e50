package aiguillage.hub.check;

import java.util.List;

/// What a check of a data folder found.
///
/// @param entries of the journal that were hashed anew
/// @param rows of views compared with those made again from the entries
/// @param payloads read and compared with the digest their entry names
/// @param files how many of them in files of their own
/// @param head the ledger's head in hexadecimal, or empty when it could not be made
/// @param findings what is damaged, each naming the file or record; empty when all is whole
/// @param notes what is no damage, but worth knowing
public record Report(
        long entries, long rows, long payloads, long files, String head, List<String> findings, List<String> notes) {

    public Report {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    public boolean isWhole() {
        return findings.isEmpty();
    }
}
