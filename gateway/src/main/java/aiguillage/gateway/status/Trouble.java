package aiguillage.gateway.status;

import java.time.Instant;

/// Something that does not work, until it works again.
///
/// @param kind what; its sentences are in `words.properties`
/// @param where the hub, folder or file
/// @param detail what the machine said, for those who can use it
public record Trouble(Kind kind, String where, String detail, Instant since, Instant last) {

    /// What can go wrong. Each has two sentences per language: what it means, and what to do.
    public enum Kind {
        HUB_UNREACHABLE,
        HUB_NOT_SECURE,
        HUB_ASKS_TO_WAIT,
        HUB_REFUSES,
        PARTY_SUSPENDED,
        PARTY_UNKNOWN,
        CLOCK_WRONG,
        PROXY_UNREACHABLE,
        PROXY_REFUSES,
        FOLDER_UNUSABLE,
        DISK_FULL,
        FILE_MISPLACED,
        BRAND_NOT_SERVED,
        FILE_NAME_UNUSABLE,
        FILE_UNREADABLE,
        DELIVERY_NOT_FETCHED,
        DATASET_NOT_FETCHED,
        DATASET_DIFFERS,
        EXPORT_UNFIT,
        EXPORT_UNKNOWN,
        LEDGER_KEY_CHANGED,
        CERTIFICATE_NOT_RENEWED,
        CERTIFICATE_EXPIRED
    }
}
