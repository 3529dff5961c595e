(function () {
  "use strict";
  var root = document.documentElement;
  var cars = Array.prototype.slice.call(document.querySelectorAll("details"));
  function all(state) { cars.forEach(function (car) { car.open = state; }); }
  function show(id, act) {
    var button = document.getElementById(id);
    button.hidden = false;
    button.addEventListener("click", act);
    return button;
  }
  show("open-all", function () { all(true); });
  show("close-all", function () { all(false); });

  var themes = ["", "light", "dark"];
  var words = ["as the system", "light", "dark"];
  var at = 0;
  var button = show("theme", function () {
    at = (at + 1) % themes.length;
    if (themes[at]) { root.setAttribute("data-theme", themes[at]); } else { root.removeAttribute("data-theme"); }
    button.textContent = "Theme: " + words[at];
  });

  function reveal() {
    var target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    if (target === null) { return; }
    var car = target.closest("details");
    if (car) { car.open = true; target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", reveal);
  reveal();

  var closed = [];
  window.addEventListener("beforeprint", function () {
    closed = cars.filter(function (car) { return car.open === false; });
    all(true);
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (car) { car.open = false; });
  });
}());
