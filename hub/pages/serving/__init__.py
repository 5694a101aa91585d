"""What readers get: menus, lists, feeds, search, pictures. Each asks again what is public."""
