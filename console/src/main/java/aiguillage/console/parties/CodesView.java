package aiguillage.console.parties;

import java.util.List;

/// Codes for many at once.
///
/// @param parties how many have neither a code nor a certificate, and were never heard
/// @param first the first of them
/// @param all as the form names them
/// @param ticket of the file that was made; empty: none was
public record CodesView(Filter filter, int parties, List<String> first, String all, String ticket) {}
