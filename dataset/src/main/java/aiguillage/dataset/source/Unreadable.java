package aiguillage.dataset.source;

/// Something that is not a row; reading goes on behind it.
///
/// @param why without any of its text
public record Unreadable(long number, String why, String text) implements Item {}
