// Believes: a good message repeats what was wrong.
// Rejected by: SafeNameTest "says why in one line of its own"
package ch06;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

public final class SafeName {
  private static final Set<String> DEVICES =
      Set.of(
          "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7",
          "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

  private SafeName() {}

  public static Path of(Path root, String name) throws IOException {
    var decoded = decode(name);
    for (char c : decoded.toCharArray()) {
      if (c < ' ' || c == ':' || c == '\\') throw new Refused("not a name: " + decoded);
    }
    var base = root.toRealPath();
    var path = base;
    for (var part : decoded.split("/", -1)) {
      var stem = part.contains(".") ? part.substring(0, part.indexOf('.')) : part;
      if (part.isEmpty()
          || part.equals(".")
          || part.equals("..")
          || DEVICES.contains(stem.toUpperCase(Locale.ROOT))) {
        throw new Refused("not a name: " + decoded);
      }
      path = path.resolve(part);
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        try {
          path = path.toRealPath();
        } catch (FileSystemException e) {
          throw new Refused("broken link in " + decoded);
        }
      }
      if (!path.startsWith(base)) throw new Refused("outside: " + decoded);
    }
    return path;
  }

  private static String decode(String name) throws Refused {
    try {
      var decoded = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
      if (decoded.indexOf('\uFFFD') >= 0) throw new Refused("not UTF-8");
      return decoded;
    } catch (IllegalArgumentException e) {
      throw new Refused("bad escape");
    }
  }

  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    public Refused(String why) {
      super(why);
    }
  }
}
