package aiguillage.bench.peer;

import com.helger.base.state.EContinue;
import com.helger.phase4.duplicate.AS4DuplicateManagerInMemory;
import com.helger.phase4.duplicate.IAS4DuplicateManager;
import com.helger.phase4.mgr.AS4ManagerFactoryInMemory;
import org.jspecify.annotations.Nullable;

/// phase4 with all that it manages in memory, and without its memory of messages: it has no setting for that, and the
/// same messages come over and over.
final class InMemory extends AS4ManagerFactoryInMemory {

    @Override
    public IAS4DuplicateManager createDuplicateManager() {
        return new Forgetful();
    }

    private static final class Forgetful extends AS4DuplicateManagerInMemory {

        @Override
        public EContinue registerAndCheck(
                @Nullable String messageId, @Nullable String profileId, @Nullable String modeId) {
            return EContinue.CONTINUE;
        }
    }
}
