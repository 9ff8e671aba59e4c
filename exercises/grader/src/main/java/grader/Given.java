package grader;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.function.Executable;

/**
 * Says what a check gives to the learner's code, and compares what comes back.
 *
 * {@snippet :
 * given("the body \"你\", 1 character, 3 bytes")
 *     .wants("Content-Length: 3", lengthLine(reply), "This asks a String for its length.");
 * }
 *
 * The last argument is what the failure means: the misconception behind it, as one or two sentences
 * for the learner.
 */
public final class Given {
  private final String what;

  private Given(String what) {
    this.what = what;
  }

  public static Given given(String what) {
    return new Given(what);
  }

  /**
   * @throws WrongAnswer unless {@code got} equals {@code wanted}
   */
  public void wants(Object wanted, Object got, String means) {
    if (!Objects.equals(wanted, got))
      throw wrong(String.valueOf(wanted), String.valueOf(got), means);
  }

  /**
   * @throws WrongAnswer unless both hold the same bytes; it shows them with {@link Bytes#visible}
   */
  public void wants(byte[] wanted, byte[] got, String means) {
    if (!Arrays.equals(wanted, got)) {
      throw wrong(Bytes.visible(wanted), got == null ? "null" : Bytes.visible(got), means);
    }
  }

  /**
   * @return what was thrown, for a closer look
   * @throws WrongAnswer if {@code code} returns, or throws something else
   */
  public <T extends Throwable> T throwing(Class<T> wanted, Executable code, String means) {
    try {
      code.execute();
    } catch (Throwable thrown) {
      if (wanted.isInstance(thrown)) return wanted.cast(thrown);
      if (thrown instanceof WrongAnswer said) throw said; // a check that was called back knows more
      throw new WrongAnswer(what, name(wanted), described(thrown), means, thrown);
    }
    throw wrong(name(wanted), "no exception", means);
  }

  /** For what no comparison says well: {@code throw given(…).wrong(…)}. */
  public WrongAnswer wrong(String wanted, String got, String means) {
    return new WrongAnswer(what, wanted, got, means, null);
  }

  private static String described(Throwable thrown) {
    var type = thrown.getClass().getSimpleName();
    return thrown.getMessage() == null ? type : type + ": " + thrown.getMessage();
  }

  private static String name(Class<? extends Throwable> type) {
    var name = type.getSimpleName();
    return ("AEIOU".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
  }
}
