package aiguillage.dataset.source;

/// How a delta says of each row what becomes of it.
///
/// A row that is put takes the place of all that held for its key between its first day and its last; a row
/// that is removed leaves nothing in that place. What held before and behind stays.
///
/// @param name of the cell that says so: in the header, as a member, or the path of an element
/// @param put what stands there for a row that holds from now on
/// @param remove what stands there for a row that does so no more
public record Actions(String name, String put, String remove) {

    public Actions {
        if (name.isBlank() || put.isBlank() || remove.isBlank() || put.equals(remove)) {
            throw new IllegalArgumentException("a delta needs the name of the cell with the action, a word for rows"
                    + " that are put and another for rows that are removed");
        }
    }
}
