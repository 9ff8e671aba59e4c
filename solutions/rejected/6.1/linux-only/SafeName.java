// Believes: the system that the server runs on is the only one that reads the name.
// Rejected by: SafeNameTest "refuses what other systems read in another way"
package ch06;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

public final class SafeName {
  private SafeName() {}

  public static Path of(Path root, String name) throws IOException {
    var base = root.toRealPath();
    Path path;
    try {
      path = base.resolve(decode(name)).normalize();
    } catch (InvalidPathException e) {
      throw new Refused("not a name on this system");
    }
    if (!path.startsWith(base) || path.equals(base)) throw new Refused("outside");
    for (int i = base.getNameCount(); i < path.getNameCount(); i++) {
      if (path.getName(i).toString().chars().anyMatch(c -> c < 32)) throw new Refused("odd");
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
