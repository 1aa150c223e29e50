package aiguillage.console.overview;

/// How the hub is, at one moment.
///
/// @param entries in the journal
/// @param freeBytes on the disk
/// @param isShort whether documents are refused for want of room
public record Overview(long entries, long freeBytes, boolean isShort) {}
