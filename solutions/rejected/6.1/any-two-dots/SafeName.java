// Believes: two dots in a name always lead up.
// Rejected by: SafeNameTest "finds files in the folder and below it"
package ch06;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

public final class SafeName {
  private SafeName() {}

  public static Path of(Path root, String name) throws IOException {
    var decoded = decode(name);
    if (decoded.contains("..")) throw new Refused("tries to leave the folder");
    if (decoded.startsWith("/") || decoded.isEmpty()) throw new Refused("not a relative name");
    return root.resolve(decoded);
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
