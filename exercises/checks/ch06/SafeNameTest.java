package ch06;

import static grader.Given.given;

import ch06.SafeName.Refused;
import grader.Bytes;
import grader.Check;
import grader.Exercise;
import grader.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

@Exercise(id = "6.1", title = "Safe name", file = "ch06/SafeName.java", level = 2, minutes = 40)
class SafeNameTest {
  /** Holds the folder {@code www}, and beside it what is nobody's business. */
  @TempDir private Path srv;

  private Path root;

  @BeforeEach
  void furnish() throws IOException {
    srv = srv.toRealPath(); // on some systems the folder of temporary files is a link
    root = Files.createDirectory(srv.resolve("www"));
    write(root.resolve("atlas.png"));
    write(root.resolve("old world.png"));
    write(Files.createDirectories(root.resolve("maps/1851")).resolve("atlas.png"));
    write(Files.createDirectory(srv.resolve("www-secret")).resolve("key"));
  }

  private static void write(Path file) throws IOException {
    Files.writeString(file, "kept here: " + file.getFileName());
  }

  @Check(
      step = 1,
      value = "finds files in the folder and below it",
      points = 1,
      read = "chapter 6, \"A name is not a path\"")
  void inside() {
    var means = "A file in the folder, or in a folder of it, is what clients may have.";
    wants("atlas.png", "atlas.png", means);
    wants("maps/1851/atlas.png", "maps/1851/atlas.png", means);
    wants("maps/new.png", "maps/new.png", "A file to be written is not there yet.");
    wants("new/new.png", "new/new.png", "Nor need its folder be there.");
    for (var dots : new String[] {"atlas..png", "..atlas", "maps/...atlas", ".profile"}) {
      wants(
          dots,
          dots,
          "This looks like code that searches the name for two dots. They lead up only where they"
              + " are a whole part of it.");
    }
  }

  @Check(
      step = 2,
      value = "decodes a name once",
      points = 1,
      read = "chapter 6, \"A name is not a path\"")
  void decodes() {
    wants("old%20world.png", "old world.png", "%20 is the byte 20 (hexadecimal), a blank.");
    wants("maps%2f1851%2Fatlas.png", "maps/1851/atlas.png", "%2f and %2F are a slash.");
    wants(
        "a+b.png",
        "a+b.png",
        "This looks like URLDecoder. It decodes forms, where + is a blank. In a path it is a"
            + " plus.");
    var twice =
        "This looks like code that decodes what it has decoded. Then a file whose name holds a %"
            + " can't be had, and a check between the two looks at something else than the file.";
    wants("100%2525.png", "100%25.png", twice);
    wants("%252e%252e/atlas.png", "%2e%2e/atlas.png", twice);
    var noEscape = "A % must have two hexadecimal digits behind it.";
    for (var bad : new String[] {"%", "%2", "atlas%zz.png", "atlas%-1.png", "100%"}) {
      wantsRefusal(bad, noEscape);
    }
    wantsRefusal(
        "atlas%ff.png",
        "The byte ff occurs in no UTF-8. new String(bytes, UTF_8) puts a � in its place, which is"
            + " another name.");
  }

  @Check(
      step = 3,
      value = "refuses what leads up and out",
      points = 2,
      read = "chapter 6, \"A name is not a path\"")
  void up() {
    var up = "The name leads out of the folder.";
    wantsRefusal("..", up);
    wantsRefusal("../../etc/passwd", up);
    wantsRefusal("maps/../../etc/passwd", up);
    wantsRefusal(
        "../www-secret/key",
        up
            + " Code that compares strings does not see it: /srv/www-secret begins with /srv/www."
            + " Path.startsWith compares whole names.");
    var late =
        up
            + " %2e is a dot and %2f a slash: look at the name after it has been decoded, not"
            + " before.";
    for (var name : new String[] {"%2e%2e/www-secret/key", ".%2E/etc", "..%2fwww-secret%2fkey"}) {
      wantsRefusal(name, late);
    }
    var path = result("....//www-secret/key");
    if (path != null && !path.startsWith(root)) {
      throw named("....//www-secret/key")
          .wrong(
              "a file in the folder, or Refused",
              shown(path),
              "This looks like code that takes every ../ out of the name. What is left grows"
                  + " together and may be one. A name that is wrong is refused, not repaired.");
    }
  }

  @Check(
      step = 4,
      value = "refuses absolute names",
      points = 1,
      read = "chapter 6, \"A name is not a path\"")
  void absolute() {
    var means =
        "The name begins at the root of the file system. resolve() forgets the folder when it is"
            + " given such a name.";
    for (var name : new String[] {"/etc/passwd", "%2fetc%2fpasswd"}) wantsRefusal(name, means);
    wantsRefusal(srv.resolve("www-secret/key").toString(), means);
  }

  @Check(
      step = 5,
      value = "refuses a name for the folder itself",
      points = 1,
      read = "chapter 6, \"A name is not a path\"")
  void folder() {
    for (var name : new String[] {"", ".", "%2e", "maps/.."}) {
      wantsRefusal(
          name,
          "It names the folder and no file in it. The folder is in the folder for startsWith;"
              + " a server that goes on to read or replace it fails, or worse.");
    }
  }

  @Check(
      step = 6,
      value = "refuses what other systems read in another way",
      points = 1,
      read = "chapter 6, \"A name is not a path\"")
  void otherSystems() {
    var nul = "For a program in C a name ends at its NUL, for others it does not.";
    wantsRefusal("atlas.png%00.txt", nul);
    wantsRefusal("%00", nul);
    wantsRefusal("atlas%0d%0a.png", "CR and LF end a line, in a log and in a header.");
    var windows =
        "Windows takes a backslash for a slash and what stands before a colon for a drive.";
    for (var name : new String[] {"..\\www-secret\\key", "maps%5catlas.png", "C:atlas.png"}) {
      wantsRefusal(name, windows);
    }
    for (var name : new String[] {"NUL", "maps/con", "aux.png", "Com1.txt", "LPT9/atlas.png"}) {
      wantsRefusal(name, "It is a device on Windows, with or without an extension.");
    }
    for (var name : new String[] {"console.png", "NULL", "com10.txt", "atlas.nul"}) {
      wants(name, name, "It only looks like a device.");
    }
  }

  @Check(
      step = 7,
      value = "follows no link out of the folder",
      points = 2,
      read = "chapter 6, \"A name is not a path\"")
  void links() throws IOException {
    if (!canLink()) return; // Windows asks for a privilege: nobody can make a link out, then
    link("key.png", srv.resolve("www-secret/key"));
    link("secret", srv.resolve("www-secret"));
    link("maps/up", Path.of("../.."));
    var out = "A link on the way leads out of the folder. No string shows it: ask the file system.";
    wantsRefusal("key.png", out);
    wantsRefusal("secret/key", out);
    wantsRefusal("maps/up/www-secret/key", out);
    wantsRefusal(
        "secret/new.png",
        out + " The file is not there yet, so toRealPath() cannot be asked for it; its folder is.");
    link("later.png", srv.resolve("later.png"));
    wantsRefusal(
        "later.png",
        "The link leads to nothing yet. Who writes there makes a file outside. Files.exists"
            + " follows links; with NOFOLLOW_LINKS it tells that something is there.");
    link("old", Path.of("maps/1851"));
    var stays = "A link that stays in the folder is no danger.";
    wantsSame("old/atlas.png", root.resolve("maps/1851/atlas.png"), stays);

    var www = Files.createSymbolicLink(srv.resolve("current"), root);
    root = www;
    wantsSame(
        "atlas.png",
        www.resolve("atlas.png"),
        "The folder itself is reached through a link. Where toRealPath() is compared, both sides"
            + " have to be real.");
  }

  private boolean canLink() {
    try {
      Files.delete(Files.createSymbolicLink(srv.resolve("probe"), root));
      return true;
    } catch (IOException | UnsupportedOperationException notHere) {
      return false;
    }
  }

  private void link(String name, Path target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), target);
  }

  @Check(
      step = 8,
      value = "says why in one line of its own",
      points = 1,
      read = "chapter 6, \"A name is not a path\"")
  void reason() {
    var names =
        new String[] {"../a%0d%0a2026-11-21 amy logged in", "../a\nroot logged in", "%00\u001b[2J"};
    for (var name : names) {
      try {
        call(name);
      } catch (Refused refused) {
        var why = String.valueOf(refused.getMessage());
        if (why.isBlank() || why.equals("null") || why.chars().anyMatch(c -> c < 32)) {
          throw named(name)
              .wrong(
                  "a reason in one line",
                  Bytes.visible(why),
                  "The reason goes to a log or a terminal. A name that is repeated there as it came"
                      + " writes lines of its own, or commands for the terminal.");
        }
        continue;
      }
      throw named(name).wrong("Refused", "a file", "Control characters are refused.");
    }
  }

  private static Given named(String name) {
    return given("the name \"%s\"".formatted(Bytes.visible(name)));
  }

  private void wants(String name, String file, String means) {
    var wanted = root.resolve(file);
    try {
      var got = call(name);
      named(name).wants(shown(wanted), got == null ? "null" : shown(got), means);
    } catch (Refused refused) {
      throw named(name).wrong(shown(wanted), "Refused: " + said(refused), means);
    }
  }

  /** It may be named as it is, or by way of the link. */
  private void wantsSame(String name, Path wanted, String means) throws IOException {
    try {
      var got = call(name);
      if (got != null && Files.exists(got) && Files.isSameFile(got, wanted)) return;
      throw named(name).wrong(shown(wanted.toRealPath()), String.valueOf(got), means);
    } catch (Refused refused) {
      throw named(name).wrong(shown(wanted.toRealPath()), "Refused: " + said(refused), means);
    }
  }

  private void wantsRefusal(String name, String means) {
    var got = result(name);
    if (got == null) return;
    throw named(name).wrong("Refused", shown(got), means);
  }

  /** Null if it is refused. */
  private Path result(String name) {
    try {
      var got = call(name);
      if (got != null) return got;
      throw named(name)
          .wrong("Refused", "null", "A path that is null is an exception somewhere else, later.");
    } catch (Refused refused) {
      return null;
    }
  }

  private Path call(String name) throws Refused {
    try {
      return SafeName.of(root, name);
    } catch (Refused | UnsupportedOperationException said) {
      throw said;
    } catch (RuntimeException thrown) {
      throw named(name)
          .wrong(
              "a file, or Refused",
              thrown.getClass().getSimpleName(),
              "Nobody declares this exception, so it passes every catch (IOException) on its way."
                  + " One stranger's name ends the server for all.");
    } catch (IOException other) {
      throw named(name)
          .wrong(
              "a file, or Refused",
              other.getClass().getSimpleName(),
              "The disk is fine, the name is not: an IOException of another kind tells the caller"
                  + " that the server is in trouble.");
    }
  }

  private static String said(Refused refused) {
    return Bytes.visible(String.valueOf(refused.getMessage()));
  }

  /** As if srv were at the root of the file system. */
  private String shown(Path path) {
    var absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(srv) ? "/srv/" + srv.relativize(absolute) : absolute.toString();
  }
}
