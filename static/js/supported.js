// Runs before the first paint: only browsers that can run GOV.UK Frontend get its JavaScript styles.
document.body.className +=
  " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
