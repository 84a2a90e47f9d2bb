// Says, before anything is drawn, that scripts run: the GOV.UK components look for these words.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
