(function () {
  "use strict";
  var root = document.documentElement;
  var themes = ["", "light", "dark"];
  var words = ["as the system", "light", "dark"];
  var at = 0;
  var button = document.getElementById("theme");
  button.hidden = false;
  button.addEventListener("click", function () {
    at = (at + 1) % themes.length;
    if (themes[at]) { root.setAttribute("data-theme", themes[at]); } else { root.removeAttribute("data-theme"); }
    button.textContent = "Theme: " + words[at];
  });
}());
