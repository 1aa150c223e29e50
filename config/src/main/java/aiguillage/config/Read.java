package aiguillage.config;

/// A file that was read without a problem.
///
/// @param value what it says
/// @param where where it says so
public record Read<T>(T value, Locations where) {}
