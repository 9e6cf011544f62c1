/*3ab1f0392c9df078*/(()=>{for(let t of document.querySelectorAll("[data-clicktracker-print]"))t.addEventListener("click",()=>window.print());})();
