// The demo's log-in page: one press fills in a post's user name and the common password.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fills]");
  if (!button) return;
  document.querySelector("[name=username]").value = button.dataset.fills;
  document.querySelector("[name=password]").value = button.dataset.password;
  document.querySelector("form.card-body button").focus();
});
