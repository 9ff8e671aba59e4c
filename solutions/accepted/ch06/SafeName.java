package ch06;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Exercise 6.1: safe name. */
public final class SafeName {
  private static final Pattern DEVICE =
      Pattern.compile("(CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9])([. ].*)?", Pattern.CASE_INSENSITIVE);

  private SafeName() {}

  /** Decodes first: whatever is looked at before that is not yet the name. */
  public static Path of(Path root, String name) throws IOException {
    var home = root.toRealPath();
    var file = home;
    for (var part : decoded(name).split("/", -1)) {
      if (!isPlain(part)) throw new Refused("not a plain name");
      file = real(resolved(file, part));
      if (!file.startsWith(home)) throw new Refused("a link leads out of the folder");
    }
    return file;
  }

  /** Once. A decoder that goes on until no escape is left sees names that nobody has sent. */
  private static String decoded(String name) throws Refused {
    var bytes = new ByteArrayOutputStream();
    for (int at = 0; at < name.length(); at++) {
      if (name.charAt(at) == '%') {
        bytes.write(escaped(name, at));
        at += 2;
      } else {
        bytes.writeBytes(name.substring(at, at + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      // A String's constructor would replace what is no UTF-8. A decoder of one's own refuses it.
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return decoder.decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException malformed) {
      throw new Refused("not UTF-8");
    }
  }

  private static int escaped(String name, int at) throws Refused {
    boolean isWhole = at + 2 < name.length();
    if (isWhole && HexFormat.isHexDigit(name.charAt(at + 1))) {
      if (HexFormat.isHexDigit(name.charAt(at + 2))) {
        return HexFormat.fromHexDigits(name, at + 1, at + 3);
      }
    }
    throw new Refused("a percent sign without two digits");
  }

  /** An absolute name, the empty one and a doubled slash have an empty part: refused here, too. */
  private static boolean isPlain(String part) {
    if (part.isEmpty() || part.equals(".") || part.equals("..")) return false;
    boolean isOdd = part.chars().anyMatch(c -> c < 32 || c == '\\' || c == ':');
    return !isOdd && !DEVICE.matcher(part).matches();
  }

  private static Path resolved(Path folder, String part) throws Refused {
    try {
      return folder.resolve(part);
    } catch (InvalidPathException unnameable) {
      throw new Refused("this system has no such names");
    }
  }

  /** Where it leads, if it is there. A part that does not exist cannot lead anywhere. */
  private static Path real(Path path) throws IOException {
    if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) return path;
    try {
      return path.toRealPath();
    } catch (FileSystemException nowhere) {
      throw new Refused("a link that leads nowhere");
    }
  }

  /** The name stands for no file that a stranger may have. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    public Refused(String why) {
      super(why);
    }
  }
}
