package aiguillage.console.find;

/// One place to go to.
///
/// @param kind what it is: a key of words behind `find.hit.`
/// @param name as people read it
/// @param path of the console, with its query
public record Hit(String kind, String name, String path) {}
