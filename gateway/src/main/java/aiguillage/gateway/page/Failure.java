package aiguillage.gateway.page;

/// A document that was refused, or did not arrive.
///
/// @param file its name, as the DMS knows it
/// @param time when, as people write it
/// @param what what is wrong
/// @param why the particulars, as the hub or a reader gave them
/// @param todo what to do
/// @param link where all about it is
public record Failure(
        String file, String flow, String id, String time, String what, String why, String todo, String link) {}
