package aiguillage.gateway.page;

/// One thing the page tells about.
///
/// @param name what it is about
/// @param what how it is, a sentence
/// @param todo what to do first; empty where nothing is to be done
/// @param detail what the machine said; may be empty
public record Row(Level level, String name, String what, String todo, String detail) {

    static Row good(String name, String what) {
        return new Row(Level.GOOD, name, what, "", "");
    }
}
