package grader;

/**
 * A failed check in the parts that a learner is shown: what went in, what should have come out,
 * what did, and why.
 */
public final class WrongAnswer extends AssertionError {
  private static final long serialVersionUID = 1;

  private final String gave;
  private final String wanted;
  private final String got;
  private final String means;
  private final Exchange exchange;

  WrongAnswer(String gave, String wanted, String got, String means, Throwable cause) {
    super(
        "\n  gave   " + gave + "\n  wanted " + wanted + "\n  got    " + got + "\n  " + means,
        cause);
    this.gave = gave;
    this.wanted = wanted;
    this.got = got;
    this.means = means;
    this.exchange = Wire.exchange();
  }

  public String gave() {
    return gave;
  }

  public String wanted() {
    return wanted;
  }

  public String got() {
    return got;
  }

  /**
   * The likely cause in this field's words: {@code This looks like code that takes one read() for
   * one message.}
   */
  public String means() {
    return means;
  }

  /** What had crossed the wire that was open when the check failed; null if none was. */
  Exchange exchange() {
    return exchange;
  }
}
