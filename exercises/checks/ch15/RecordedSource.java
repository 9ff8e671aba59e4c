package ch15;

import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told, and may have something to say when it is resumed. */
final class RecordedSource implements OutboundQueue.Source {
  private final List<String> told = new ArrayList<>();
  private Runnable next = () -> {};

  /** As soon as it is resumed, it does this, once. */
  void atResume(Runnable action) {
    next = action;
  }

  /** Since the last time that somebody asked. */
  String told() {
    var all = told.isEmpty() ? "nothing" : String.join(", ", told);
    told.clear();
    return all;
  }

  @Override
  public void pause() {
    told.add("pause");
  }

  @Override
  public void resume() {
    told.add("resume");
    var action = next;
    next = () -> {};
    action.run();
  }
}
