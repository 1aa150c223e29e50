package aiguillage.simulation.planted;

import java.io.IOException;
import java.io.InputStream;

/// Defines every class of the product anew, one of them with a bug.
final class PlantingLoader extends ClassLoader {

    private static final String OURS = "aiguillage.";

    private final ClassLoader from;
    private final Planted bug;

    PlantingLoader(ClassLoader from, Planted bug) {
        super(from);
        this.from = from;
        this.bug = bug;
    }

    /// @throws IllegalStateException when its place is not where it was: in a run, that would look like a crash
    void plant() throws ClassNotFoundException {
        for (String name : bug.classNames()) {
            loadClass(name);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? defined(name) : known;
        }
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
        try (InputStream in = from.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            bytes = bug.plantedIn(name, bytes);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
