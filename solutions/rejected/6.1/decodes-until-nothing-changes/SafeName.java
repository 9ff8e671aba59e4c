// Believes: to be safe, a name is decoded until no escape is left.
// Rejected by: SafeNameTest "decodes a name once"
package ch06;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

public final class SafeName {
  private SafeName() {}

  public static Path of(Path root, String name) throws IOException {
    var decoded = decode(name);
    while (!decoded.equals(name)) {
      name = decoded;
      decoded = decoded.matches(".*%[0-9A-Fa-f]{2}.*") ? decode(decoded) : decoded;
    }
    var path = root.resolve(decoded).normalize();
    if (path.equals(root) || !path.startsWith(root)) throw new Refused("outside");
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
