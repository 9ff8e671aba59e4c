package ch03;

import static grader.Given.given;

import grader.Bytes;
import grader.Check;
import grader.Exercise;
import java.net.Inet6Address;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

@Exercise(id = "3.1", title = "host:port", file = "ch03/HostAndPort.java", level = 1, minutes = 25)
class HostAndPortTest {
  private static final int DEFAULT = 8080;

  /** In every check: a name that a wrong answer looks up is not to leave this machine. */
  @BeforeEach
  void watchLookups() {
    Lookups.watch();
  }

  @AfterEach
  void lookElsewhere() {
    Lookups.seen();
  }

  @Check(
      step = 1,
      value = "takes a host and a port apart",
      points = 1,
      read = "chapter 3, \"Names, literals, ports\"")
  void apart() {
    for (var host : List.of("catalog.library.example", "192.168.0.7", "reading-room-2")) {
      for (int port : new int[] {9000, 1, 65535}) {
        wants(host + ":" + port, host, port, "The host is what stands before the colon, as text.");
      }
    }
  }

  @Check(
      step = 2,
      value = "uses the default port where none is written",
      points = 1,
      read = "chapter 3, \"Names, literals, ports\"")
  void defaultPort() {
    for (var host : List.of("catalog.library.example", "192.168.0.7")) {
      for (int port : new int[] {DEFAULT, 443, 65535}) {
        wants(
            host,
            port,
            host,
            port,
            "The default belongs to the caller, who knows which service is meant. This looks like"
                + " code that has a port of its own in mind.");
      }
    }
  }

  @Check(
      step = 3,
      value = "takes the brackets off an IPv6 literal",
      points = 2,
      read = "chapter 3, \"Two names for one socket\"")
  void brackets() {
    for (var host : List.of("2001:db8::7", "::1", "2001:db8:0:0:0:0:0:7", "FE80::ABCD%1")) {
      var means =
          "The brackets keep the colons of the address apart from the one before the port. They are"
              + " not part of the address. All else stays as it was written.";
      wants("[" + host + "]:9000", host, 9000, means);
      wants("[" + host + "]", host, DEFAULT, means);
    }
    wants(
        "[::ffff:192.168.0.7]:9000",
        "::ffff:192.168.0.7",
        9000,
        "This is an IPv6 literal with IPv4 at its end. Java makes an Inet4Address of it, so the"
            + " class of the address does not tell how it was spelled.");
    wants(
        "[fe80::7%shelf9]:9000",
        "fe80::7%shelf9",
        9000,
        "A zone names an interface. The settings may have been written on another machine, or for"
            + " an interface that is not there yet.");
  }

  @Check(
      step = 4,
      value = "takes an IPv6 literal without brackets for a host without a port",
      points = 2,
      read = "chapter 3, \"Two names for one socket\"")
  void bareLiteral() {
    for (var host : List.of("2001:db8::7", "::1", "::", "fe80::7%1", "1:2:3:4:5:6:7:80")) {
      wants(
          host,
          host,
          DEFAULT,
          "Every colon here belongs to the address, the last one too. This looks like code that"
              + " takes a colon for the one before the port without counting them.");
    }
  }

  @Check(
      step = 5,
      value = "asks nobody for an address",
      points = 1,
      read = "chapter 3, \"Names, literals, ports\"")
  void noLookup() {
    // Not used before: Java remembers for a while that a name is unknown, and does not ask again.
    var texts =
        List.of("opac.library.example:9000", "opac", "192.168.0.9:9000", "[2001:db8::9]:9000");
    for (var text : texts) {
      Lookups.watch();
      outcome(text, DEFAULT);
      var seen = Lookups.seen();
      given(shown(text))
          .wants(
              "no lookup",
              seen.isEmpty() ? "no lookup" : "a lookup of " + String.join(", ", seen),
              "This looks like code that makes an InetSocketAddress, or calls getByName or"
                  + " getHostName. Those go and ask, which may take seconds and tells others whom"
                  + " we are about to call. Taking a text apart needs no network.");
    }
  }

  @Check(
      step = 6,
      value = "refuses a port that is none",
      points = 2,
      read = "chapter 3, \"Names, literals, ports\"")
  void ports() {
    var range = "A port is a number from 1 to 65535. 0 means any port, which nobody can call.";
    refusesPort("0", range);
    refusesPort("65536", range);
    refusesPort("99999", range);
    refusesPort(
        "4294967376",
        "This looks like an int that has overflowed: the number is 2 to the power of 32, plus 80.");
    var signs =
        "This looks like code that leaves the form to Integer.parseInt, which takes a sign and the"
            + " digits of every script. Two programs that read one text in two ways are how filters"
            + " are fooled.";
    refusesPort("+80", signs);
    refusesPort("-80", signs);
    refusesPort("８０", signs);
    refusesPort("٨٠", signs);
    refusesPort(
        "",
        "Somebody meant to write a port here. This looks like code that splits at colons: split"
            + " leaves out what is empty at the end.");
    for (var port : List.of(" 80", "80 ", "8O", "http", "0x50", "80\n")) {
      refusesPort(port, "A port is one to five digits, 0 to 9, and nothing else.");
    }
  }

  private static void refusesPort(String port, String means) {
    refuses("catalog.library.example:" + port, means);
    refuses("[2001:db8::7]:" + port, means);
  }

  @Check(
      step = 7,
      value = "refuses a host that is none",
      points = 1,
      read = "chapter 3, \"Names, literals, ports\"")
  void hosts() {
    for (var text : List.of("", ":80", "cata log:80", " catalog", "catalog\n:80", "katalög:80")) {
      refuses(text, "A name is one or more ASCII letters, digits, hyphens and dots.");
    }
    for (var text :
        List.of("catalog:80:90", "http://catalog:80", "2001:db8::7::1", "192.168.0.7:80:")) {
      refuses(
          text,
          "Two colons alone do not make an IPv6 literal: whoever wrote this meant something else."
              + " Inet6Address.ofLiteral knows the form, and asks nobody.");
    }
    var within = "Brackets hold an IPv6 literal, and nothing else (RFC 3986, section 3.2.2).";
    for (var text :
        List.of("[]:80", "[catalog]:80", "[192.168.0.7]:80", "[[::1]]:80", "[::1%]:80")) {
      refuses(text, within);
    }
    for (var text :
        List.of("[::1", "::1]:80", "[::1]80", "[::1]x:80", "[::1]:80:80", "x[::1]:80")) {
      refuses(text, "The text begins with a bracket and has its partner, and a port may follow.");
    }
  }

  private static void wants(String text, String host, int port, String means) {
    wants(text, DEFAULT, host, port, means);
  }

  private static void wants(String text, int defaultPort, String host, int port, String means) {
    var got = outcome(text, defaultPort);
    var seen = Lookups.seen();
    Lookups.watch();
    given(shown(text) + ", default port " + defaultPort)
        .wants("the host %s, the port %d".formatted(host, port), got, why(got, host, seen, means));
  }

  private static String why(String got, String host, List<String> seen, String means) {
    if (got.contains("the host [")) return "The brackets are kept. " + means;
    if (!seen.isEmpty() && !got.startsWith("the host ")) {
      return "This looks like code that looks the name up. It is for whoever connects to do that,"
          + " and when this terminal starts there is no network yet.";
    }
    if (host.contains(":") && got.contains("the host " + inFull(host) + ",")) {
      return "This is Java's spelling of the address, not the one that was written.";
    }
    return means;
  }

  private static String inFull(String literal) {
    int zone = literal.indexOf('%');
    return Inet6Address.ofLiteral(zone < 0 ? literal : literal.substring(0, zone)).getHostAddress();
  }

  private static void refuses(String text, String means) {
    var got = outcome(text, DEFAULT);
    if (got.startsWith("the host ") || got.equals("null")) {
      throw given(shown(text)).wrong("an IllegalArgumentException", got, means);
    }
    if (!got.startsWith("refused")) {
      throw given(shown(text))
          .wrong(
              "an IllegalArgumentException",
              got,
              "Whoever reads the settings expects one exception for all that is wrong with them.");
    }
  }

  /** What came of it, in words. */
  private static String outcome(String text, int defaultPort) {
    try {
      var got = HostAndPort.parse(text, defaultPort);
      if (got == null) return "null";
      return "the host %s, the port %d".formatted(Bytes.visible(got.host()), got.port());
    } catch (IllegalArgumentException refused) {
      return "refused: " + refused.getMessage();
    } catch (UnsupportedOperationException notYet) {
      throw notYet;
    } catch (RuntimeException other) {
      var cause = other.getCause() == null ? other : other.getCause();
      return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
  }

  private static String shown(String text) {
    return "\"" + Bytes.visible(text) + "\"";
  }
}
