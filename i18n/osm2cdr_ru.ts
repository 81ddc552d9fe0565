<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru">
<context>
  <name>osm2cdr</name>
  <message>
    <source>16-bit heightmap PNG</source>
    <translation>16-битная карта высот PNG</translation>
  </message>
  <message>
    <source>1: overview</source>
    <translation>1: обзор</translation>
  </message>
  <message>
    <source>2: region</source>
    <translation>2: регион</translation>
  </message>
  <message>
    <source>3: city</source>
    <translation>3: город</translation>
  </message>
  <message>
    <source>3D Tiles 1.1 (Cesium)</source>
    <translation>3D Tiles 1.1 (Cesium)</translation>
  </message>
  <message>
    <source>3D and printing in 3D</source>
    <translation>3D и 3D-печать</translation>
  </message>
  <message>
    <source>3D viewer page (three.js)</source>
    <translation>Страница 3D-просмотра (three.js)</translation>
  </message>
  <message>
    <source>3MF</source>
    <translation>3MF</translation>
  </message>
  <message>
    <source>4: district</source>
    <translation>4: район</translation>
  </message>
  <message>
    <source>5: streets and houses</source>
    <translation>5: улицы и дома</translation>
  </message>
  <message>
    <source>6: everything</source>
    <translation>6: всё</translation>
  </message>
  <message>
    <source>A file of your own to be laid over the map, or several with commas: GPX, GeoJSON, GeoPackage, KML or KMZ, in whatever CRS. Points have their names, areas are a tint below houses and streets; colours of simplestyle (stroke, fill, marker-color, title) and of KML are heeded.</source>
    <translation>Свой файл, который ляжет поверх карты, или несколько через запятую: GPX, GeoJSON, GeoPackage, KML или KMZ, в любой системе координат. У точек есть подписи, площади — тон под домами и улицами; цвета simplestyle (stroke, fill, marker-color, title) и KML учитываются.</translation>
  </message>
  <message>
    <source>A guess from exports of towns; it may be five times as much, or a fifth of it.</source>
    <translation>Оценка по экспортам городов; на деле может быть впятеро больше или меньше.</translation>
  </message>
  <message>
    <source>A layer of the map is being edited: save or drop the changes first.</source>
    <translation>Слой карты редактируется: сначала сохраните или отмените изменения.</translation>
  </message>
  <message>
    <source>A polygon of {0}</source>
    <translation>Многоугольник, {0}</translation>
  </message>
  <message>
    <source>A request that was checked before</source>
    <translation>Запрос, проверенный раньше</translation>
  </message>
  <message>
    <source>AVIF image</source>
    <translation>Изображение AVIF</translation>
  </message>
  <message>
    <source>Abandoned railways</source>
    <translation>Заброшенные железные дороги</translation>
  </message>
  <message>
    <source>About {0}, {1}</source>
    <translation>Примерно {0}, {1}</translation>
  </message>
  <message>
    <source>Add to project</source>
    <translation>Добавить в проект</translation>
  </message>
  <message>
    <source>Adds ground, water, green, streets, rails, bridges, walls and trees to 3D models, each a layer of its own; there is no relief.</source>
    <translation>Добавляет в 3D-модели землю, воду, зелень, улицы, рельсы, мосты, стены и деревья, каждое отдельным слоем; рельефа нет.</translation>
  </message>
  <message>
    <source>Adds the area to the project as layers, from a GeoPackage beside the project</source>
    <translation>Добавляет область в проект слоями из GeoPackage рядом с проектом</translation>
  </message>
  <message>
    <source>Administrative areas</source>
    <translation>Административные единицы</translation>
  </message>
  <message>
    <source>Adobe Illustrator (PDF-compatible .ai)</source>
    <translation>Adobe Illustrator (.ai, совместимый с PDF)</translation>
  </message>
  <message>
    <source>Adobe Illustrator 8 (legacy PostScript, layers)</source>
    <translation>Adobe Illustrator 8 (прежний PostScript, со слоями)</translation>
  </message>
  <message>
    <source>Aerialways</source>
    <translation>Канатные дороги</translation>
  </message>
  <message>
    <source>Aeroways</source>
    <translation>Аэродромы</translation>
  </message>
  <message>
    <source>Aeroways, lines</source>
    <translation>Аэродромы, линии</translation>
  </message>
  <message>
    <source>After national topographic maps: dark houses, red roads, black paths.</source>
    <translation>По образцу топографических карт: тёмные дома, красные дороги, чёрные тропы.</translation>
  </message>
  <message>
    <source>Airports</source>
    <translation>Аэропорты</translation>
  </message>
  <message>
    <source>All</source>
    <translation>Все</translation>
  </message>
  <message>
    <source>All files</source>
    <translation>Все файлы</translation>
  </message>
  <message>
    <source>All of the extract</source>
    <translation>Вся выгрузка</translation>
  </message>
  <message>
    <source>All of the extract, {0}</source>
    <translation>Вся выгрузка, {0}</translation>
  </message>
  <message>
    <source>All options…</source>
    <translation>Все параметры…</translation>
  </message>
  <message>
    <source>Alpine huts</source>
    <translation>Горные приюты</translation>
  </message>
  <message>
    <source>An ICC profile (.icc, .icm) of the inks and the paper that CMYK colours are for, as a print shop gives it; empty for the first that this machine has: FOGRA39 of colord, that of Ghostscript, the system's own.</source>
    <translation>ICC-профиль (.icc, .icm) красок и бумаги, для которых предназначены цвета CMYK, — его даёт типография; пусто — первый найденный на этой машине: FOGRA39 из colord, профиль Ghostscript, системный.</translation>
  </message>
  <message>
    <source>An ICC profile of the inks and the paper, for CMYK colours; else one of this machine.</source>
    <translation>ICC-профиль красок и бумаги для цветов CMYK; иначе профиль этой машины.</translation>
  </message>
  <message>
    <source>An OSM extract, 'sample', or an Overpass server; else Overpass.</source>
    <translation>Файл данных OSM, «sample» или сервер Overpass; иначе публичный Overpass.</translation>
  </message>
  <message>
    <source>An architect's drawing: white lines on blue, a monospaced hand.</source>
    <translation>Чертёж архитектора: белые линии на синем, моноширинный шрифт.</translation>
  </message>
  <message>
    <source>Apply map style</source>
    <translation>Применить стиль карты</translation>
  </message>
  <message>
    <source>Aprons</source>
    <translation>Перроны аэропортов</translation>
  </message>
  <message>
    <source>Area</source>
    <translation>Область</translation>
  </message>
  <message>
    <source>Area (empty: all of the extract)</source>
    <translation>Охват (пусто: вся выгрузка)</translation>
  </message>
  <message>
    <source>Area as polygons</source>
    <translation>Область полигонами</translation>
  </message>
  <message>
    <source>Art and shrines</source>
    <translation>Памятники искусства и часовни</translation>
  </message>
  <message>
    <source>Artwork</source>
    <translation>Векторная графика</translation>
  </message>
  <message>
    <source>As a command</source>
    <translation>Командой</translation>
  </message>
  <message>
    <source>As it fits</source>
    <translation>Сколько поместится</translation>
  </message>
  <message>
    <source>Attributes</source>
    <translation>Атрибуты</translation>
  </message>
  <message>
    <source>Attributes of data formats: table, the columns of the layer table; names, also a column for each name:*, such as name_en; all, also every tag of an object, as JSON in the column tags.</source>
    <translation>Атрибуты форматов данных: table — столбцы таблицы слоёв; names — ещё столбец для каждого name:*, например name_en; all — ещё все теги объекта, в JSON в столбце tags.</translation>
  </message>
  <message>
    <source>AutoCAD DWG</source>
    <translation>AutoCAD DWG</translation>
  </message>
  <message>
    <source>AutoCAD script</source>
    <translation>Сценарий AutoCAD</translation>
  </message>
  <message>
    <source>Autodesk FBX</source>
    <translation>Autodesk FBX</translation>
  </message>
  <message>
    <source>Automatic: as the area wants it</source>
    <translation>Автоматически: по области</translation>
  </message>
  <message>
    <source>BMP image</source>
    <translation>Изображение BMP</translation>
  </message>
  <message>
    <source>BSB/KAP nautical chart</source>
    <translation>Морская карта BSB/KAP</translation>
  </message>
  <message>
    <source>Base plate, mm</source>
    <translation>Подложка, мм</translation>
  </message>
  <message>
    <source>Beaches and sand</source>
    <translation>Пляжи и песок</translation>
  </message>
  <message>
    <source>Beaches, mud and reefs</source>
    <translation>Пляжи, илистые отмели и рифы</translation>
  </message>
  <message>
    <source>Bed of the printer in millimetres: a larger model comes in tiles, a zip; without print_size it is as large as the bed.</source>
    <translation>Стол принтера в миллиметрах: модель больше него разбивается на плитки в zip-архиве; без print_size она размером со стол.</translation>
  </message>
  <message>
    <source>Beside the map (none: nothing)</source>
    <translation>Рядом с картой (пусто: ничего)</translation>
  </message>
  <message>
    <source>Black and white with black water, for posters and copiers.</source>
    <translation>Чёрно-белый с чёрной водой — для плакатов и копиров.</translation>
  </message>
  <message>
    <source>Black houses on white and nothing else, after Nolli.</source>
    <translation>Чёрные дома на белом и больше ничего, по Нолли.</translation>
  </message>
  <message>
    <source>Bleed, mm</source>
    <translation>Вылет под обрез, мм</translation>
  </message>
  <message>
    <source>Bookmarks</source>
    <translation>Закладки</translation>
  </message>
  <message>
    <source>Boundaries</source>
    <translation>Границы</translation>
  </message>
  <message>
    <source>Breakwaters</source>
    <translation>Волнорезы</translation>
  </message>
  <message>
    <source>Bridge areas</source>
    <translation>Мосты (площади)</translation>
  </message>
  <message>
    <source>Brother embroidery</source>
    <translation>Вышивка Brother</translation>
  </message>
  <message>
    <source>Building parts</source>
    <translation>Части зданий</translation>
  </message>
  <message>
    <source>Building-height raster (GeoTIFF float)</source>
    <translation>Растр высот зданий (GeoTIFF, числа с плавающей запятой)</translation>
  </message>
  <message>
    <source>Buildings</source>
    <translation>Здания</translation>
  </message>
  <message>
    <source>Bus routes</source>
    <translation>Автобусные маршруты</translation>
  </message>
  <message>
    <source>By itself: {0}</source>
    <translation>По умолчанию: {0}</translation>
  </message>
  <message>
    <source>Bytes on the disk</source>
    <translation>Байт на диске</translation>
  </message>
  <message>
    <source>CAD</source>
    <translation>САПР (CAD)</translation>
  </message>
  <message>
    <source>COLLADA</source>
    <translation>COLLADA</translation>
  </message>
  <message>
    <source>CRS (EPSG:n or ESRI:n)</source>
    <translation>СК (EPSG:n или ESRI:n)</translation>
  </message>
  <message>
    <source>CSV of points (X,Y)</source>
    <translation>CSV с точками (X,Y)</translation>
  </message>
  <message>
    <source>CSV with WKT</source>
    <translation>CSV с WKT</translation>
  </message>
  <message>
    <source>Canals</source>
    <translation>Каналы</translation>
  </message>
  <message>
    <source>Cancel</source>
    <translation>Отмена</translation>
  </message>
  <message>
    <source>Cancelled: nothing was written.</source>
    <translation>Отменено: ничего не записано.</translation>
  </message>
  <message>
    <source>Cemeteries</source>
    <translation>Кладбища</translation>
  </message>
  <message>
    <source>Choices of the panel</source>
    <translation>Выбор в панели</translation>
  </message>
  <message>
    <source>Choose an area for a preview.</source>
    <translation>Выберите область, чтобы увидеть карту заранее.</translation>
  </message>
  <message>
    <source>Choose an extract</source>
    <translation>Выбрать выгрузку</translation>
  </message>
  <message>
    <source>Choose an extract…</source>
    <translation>Выбрать выгрузку…</translation>
  </message>
  <message>
    <source>Choose at least one</source>
    <translation>Выберите хотя бы один</translation>
  </message>
  <message>
    <source>Choose from the list</source>
    <translation>Выбрать из списка</translation>
  </message>
  <message>
    <source>Choose nothing</source>
    <translation>Снять все отметки</translation>
  </message>
  <message>
    <source>Chosen: {0}</source>
    <translation>Выбрано: {0}</translation>
  </message>
  <message>
    <source>Cities</source>
    <translation>Крупные города</translation>
  </message>
  <message>
    <source>City walls</source>
    <translation>Городские стены</translation>
  </message>
  <message>
    <source>CityGML 2.0</source>
    <translation>CityGML 2.0</translation>
  </message>
  <message>
    <source>CityJSON 2.0</source>
    <translation>CityJSON 2.0</translation>
  </message>
  <message>
    <source>Clear</source>
    <translation>Очистить</translation>
  </message>
  <message>
    <source>Click to see it large</source>
    <translation>Щелчок покажет крупно</translation>
  </message>
  <message>
    <source>Cliffs and embankments</source>
    <translation>Обрывы и насыпи</translation>
  </message>
  <message>
    <source>Cloud Optimized GeoTIFF</source>
    <translation>Cloud Optimized GeoTIFF</translation>
  </message>
  <message>
    <source>Code page</source>
    <translation>Кодовая страница</translation>
  </message>
  <message>
    <source>Colour profile</source>
    <translation>Цветовой профиль</translation>
  </message>
  <message>
    <source>Colour profile (ICC)</source>
    <translation>Цветовой профиль (ICC)</translation>
  </message>
  <message>
    <source>Colours in artwork</source>
    <translation>Цвета в рисунках</translation>
  </message>
  <message>
    <source>Colours in artwork: cmyk where a format has it (PDF, Illustrator, EPS, PostScript and CorelDRAW).</source>
    <translation>Цвета рисунков: cmyk, если формат это умеет (PDF, Illustrator, EPS, PostScript и CorelDRAW).</translation>
  </message>
  <message>
    <source>Computer Graphics Metafile</source>
    <translation>Метафайл компьютерной графики (CGM)</translation>
  </message>
  <message>
    <source>Conveyors</source>
    <translation>Конвейеры</translation>
  </message>
  <message>
    <source>Coordinate system, EPSG:n or ESRI:n.</source>
    <translation>Система координат, EPSG:n или ESRI:n.</translation>
  </message>
  <message>
    <source>Copy as Python command</source>
    <translation>Скопировать как команду Python</translation>
  </message>
  <message>
    <source>Copy as qgis_process command</source>
    <translation>Скопировать как команду qgis_process</translation>
  </message>
  <message>
    <source>Corel Presentation Exchange</source>
    <translation>Corel Presentation Exchange (CMX)</translation>
  </message>
  <message>
    <source>CorelDRAW (native)</source>
    <translation>CorelDRAW (собственный формат)</translation>
  </message>
  <message>
    <source>Countries</source>
    <translation>Государства</translation>
  </message>
  <message>
    <source>Crop marks</source>
    <translation>Метки реза</translation>
  </message>
  <message>
    <source>Culture and sights</source>
    <translation>Культура и достопримечательности</translation>
  </message>
  <message>
    <source>Cut to the map</source>
    <translation>Обрезать по карте</translation>
  </message>
  <message>
    <source>Cycleways</source>
    <translation>Велодорожки</translation>
  </message>
  <message>
    <source>Cycling routes</source>
    <translation>Веломаршруты</translation>
  </message>
  <message>
    <source>DXF (AutoCAD 2010)</source>
    <translation>DXF (AutoCAD 2010)</translation>
  </message>
  <message>
    <source>DXF 2004</source>
    <translation>DXF 2004</translation>
  </message>
  <message>
    <source>DXF 2007</source>
    <translation>DXF 2007</translation>
  </message>
  <message>
    <source>DXF 2010</source>
    <translation>DXF 2010</translation>
  </message>
  <message>
    <source>DXF 2013</source>
    <translation>DXF 2013</translation>
  </message>
  <message>
    <source>DXF 2018</source>
    <translation>DXF 2018</translation>
  </message>
  <message>
    <source>DXF R12</source>
    <translation>DXF R12</translation>
  </message>
  <message>
    <source>DXF with 3D buildings</source>
    <translation>DXF с объёмными зданиями</translation>
  </message>
  <message>
    <source>Dams</source>
    <translation>Плотины</translation>
  </message>
  <message>
    <source>Dark and calm, for screens and behind bright data.</source>
    <translation>Тёмный и спокойный — для экранов и под яркие данные.</translation>
  </message>
  <message>
    <source>Data</source>
    <translation>Данные</translation>
  </message>
  <message>
    <source>Data as OpenStreetMap has them</source>
    <translation>Данные в виде OpenStreetMap</translation>
  </message>
  <message>
    <source>Databases</source>
    <translation>Базы данных</translation>
  </message>
  <message>
    <source>Defibrillators</source>
    <translation>Дефибрилляторы</translation>
  </message>
  <message>
    <source>Detail</source>
    <translation>Подробность</translation>
  </message>
  <message>
    <source>Detail level (1 overview to 6 site, 0 automatic)</source>
    <translation>Детальность (от 1 до 6; 0 — автоматически)</translation>
  </message>
  <message>
    <source>Detail level, 1 overview to 6 site.</source>
    <translation>Уровень детализации, от 1 (обзор) до 6 (участок).</translation>
  </message>
  <message>
    <source>Districts and municipalities</source>
    <translation>Районы и муниципалитеты</translation>
  </message>
  <message>
    <source>Disused railways</source>
    <translation>Недействующие железные дороги</translation>
  </message>
  <message>
    <source>Ditches</source>
    <translation>Канавы</translation>
  </message>
  <message>
    <source>Doctors and pharmacies</source>
    <translation>Врачи и аптеки</translation>
  </message>
  <message>
    <source>Draw a box on the map</source>
    <translation>Нарисовать прямоугольник на карте</translation>
  </message>
  <message>
    <source>Draw a polygon on the map: a click at each corner, a right click or Enter ends it</source>
    <translation>Нарисовать многоугольник на карте: щелчок в каждой вершине, правый щелчок или Enter завершает</translation>
  </message>
  <message>
    <source>Draw the pictures of styles from the chosen area</source>
    <translation>Рисовать образцы стилей по выбранной области</translation>
  </message>
  <message>
    <source>Draw, search or choose an area; empty means all of the extract.</source>
    <translation>Нарисуйте, найдите или выберите область; пусто — вся выгрузка.</translation>
  </message>
  <message>
    <source>Drawing a preview…</source>
    <translation>Рисуется предварительный вид…</translation>
  </message>
  <message>
    <source>Draws the names of streets, places and waters, with letters of one stroke, for plotters, lasers and needles.</source>
    <translation>Рисует названия улиц, мест и вод буквами в одну линию — для плоттеров, лазеров и игл.</translation>
  </message>
  <message>
    <source>Driveways and parking aisles</source>
    <translation>Подъезды и проезды на парковках</translation>
  </message>
  <message>
    <source>Drop own changes of this style</source>
    <translation>Отбросить свои изменения этого стиля</translation>
  </message>
  <message>
    <source>DuckDB database</source>
    <translation>База данных DuckDB</translation>
  </message>
  <message>
    <source>DuckDB in another process</source>
    <translation>DuckDB в другом процессе</translation>
  </message>
  <message>
    <source>ESRI ASCII grid of building heights</source>
    <translation>Растр высот зданий ESRI ASCII</translation>
  </message>
  <message>
    <source>ESRI File Geodatabase</source>
    <translation>Файловая база геоданных ESRI</translation>
  </message>
  <message>
    <source>ESRI Shapefile</source>
    <translation>ESRI Shapefile</translation>
  </message>
  <message>
    <source>Empty for the public Overpass servers, which suit small areas; or an OSM extract (.osm.pbf, .osm), an answer of Overpass as JSON, the address of a server (https://.../api/interpreter), or 'sample' for central Helsinki.</source>
    <translation>Пусто — общедоступные серверы Overpass, они годятся для небольших областей; либо выгрузка OSM (.osm.pbf, .osm), ответ Overpass в JSON, адрес сервера (https://.../api/interpreter) или sample — центр Хельсинки.</translation>
  </message>
  <message>
    <source>Empty: named as the layout.</source>
    <translation>Пусто: по имени макета.</translation>
  </message>
  <message>
    <source>Empty: named as the project.</source>
    <translation>Пусто: по имени проекта.</translation>
  </message>
  <message>
    <source>Empty: named by the extract, or by the greatest place that Overpass knows in the area.</source>
    <translation>Пусто: по имени файла OpenStreetMap или самого крупного населённого пункта, который Overpass знает в области.</translation>
  </message>
  <message>
    <source>Encapsulated PostScript</source>
    <translation>Encapsulated PostScript</translation>
  </message>
  <message>
    <source>Enhanced Metafile</source>
    <translation>Расширенный метафайл Windows (EMF)</translation>
  </message>
  <message>
    <source>Enlargement (posters)</source>
    <translation>Увеличение (плакаты)</translation>
  </message>
  <message>
    <source>Enlarges text, lines and icons for a map that is looked at from afar, as a poster is: 1.4 makes all of them 1.4 times as large, and fewer names find room.</source>
    <translation>Увеличивает надписи, линии и значки для карты, на которую смотрят издали, например плаката: при 1.4 всё в 1,4 раза крупнее, и места хватает меньшему числу названий.</translation>
  </message>
  <message>
    <source>Enter ticks the first one found, Down goes into the list, Space ticks there.</source>
    <translation>Enter отмечает первый найденный, «вниз» переводит в список, пробел отмечает в нём.</translation>
  </message>
  <message>
    <source>Excel workbook</source>
    <translation>Книга Excel</translation>
  </message>
  <message>
    <source>Export</source>
    <translation>Экспортировать</translation>
  </message>
  <message>
    <source>Export OpenStreetMap area</source>
    <translation>Экспорт области OpenStreetMap</translation>
  </message>
  <message>
    <source>Export OpenStreetMap map…</source>
    <translation>Экспорт карты OpenStreetMap…</translation>
  </message>
  <message>
    <source>Export a print layout</source>
    <translation>Экспорт макета печати</translation>
  </message>
  <message>
    <source>Export as {0}</source>
    <translation>Экспорт: {0}</translation>
  </message>
  <message>
    <source>Export one format</source>
    <translation>Экспорт в один формат</translation>
  </message>
  <message>
    <source>Export the canvas</source>
    <translation>Экспорт карты проекта</translation>
  </message>
  <message>
    <source>Export with osm2cdr…</source>
    <translation>Экспорт через osm2cdr…</translation>
  </message>
  <message>
    <source>Exports an area of OpenStreetMap as finished maps and data. Give either an extent or a polygon layer. The data come from the public Overpass servers, or from an extract (.osm.pbf, .osm) of your own. Data © OpenStreetMap contributors, ODbL.</source>
    <translation>Экспортирует область OpenStreetMap в готовые карты и данные. Задайте либо охват, либо слой полигонов. Данные берутся с общедоступных серверов Overpass или из выгрузки (.osm.pbf, .osm), указанной вами. Данные © участники OpenStreetMap, ODbL.</translation>
  </message>
  <message>
    <source>Exports an area of OpenStreetMap, or layers of your own in its place, as one file of one format. Layers of the project keep their style, others are drawn in the map style; without an extent or polygons the layers are exported whole.</source>
    <translation>Экспортирует область OpenStreetMap или вместо неё свои слои в один файл одного формата. Слои проекта сохраняют свой стиль, остальные рисуются в стиле карты; без охвата и полигонов слои экспортируются целиком.</translation>
  </message>
  <message>
    <source>Exports the pages of a print layout as artwork and images, a file for each page, and for each feature of its atlas. Every item is a named layer of curves and texts; maps are split into their own layers, names, grids and frames. What a drawing cannot hold (rasters, patterns, blending, effects, turned maps) is kept as a picture in its place, and a warning says which layer or item that is. Data, plotter files, images in layers and georeferenced images are not made of layouts: take the canvas for those.</source>
    <translation>Экспортирует страницы макета печати как векторную графику и изображения: по файлу на страницу, а у атласа — и на каждый его объект. Каждый элемент макета — именованный слой кривых и текстов; карты разделены на свои слои, подписи, сетки и рамки. Чего рисунок хранить не может (растры, узоры, смешивание, эффекты, повёрнутые карты), остаётся картинкой на своём месте, и предупреждение называет этот слой или элемент. Данные, файлы для плоттеров, изображения со слоями и изображения с привязкой из макетов не делаются: для них есть экспорт карты проекта.</translation>
  </message>
  <message>
    <source>Exports the project's own layers, whatever their source and style, as QGIS draws them: named layers of curves and texts for artwork, images, and the vector layers as GIS and CAD data. What a drawing cannot hold (rasters, patterns, blending, effects, opacity of a layer) is kept as a picture in its place, and a warning says which layer that is.</source>
    <translation>Экспортирует собственные слои проекта, каковы бы ни были их источник и стиль, так, как их рисует QGIS: именованные слои из кривых и текстов для графических программ, изображения, а векторные слои — и как данные ГИС и САПР. То, чего рисунок не вмещает (растры, штриховки, режимы смешивания, эффекты, прозрачность слоя), остаётся на своём месте картинкой, и предупреждение называет этот слой.</translation>
  </message>
  <message>
    <source>Extend the map by this area</source>
    <translation>Расширить карту на эту область</translation>
  </message>
  <message>
    <source>Extent</source>
    <translation>Охват карты</translation>
  </message>
  <message>
    <source>Farmland</source>
    <translation>Поля</translation>
  </message>
  <message>
    <source>Favourite</source>
    <translation>Избранное</translation>
  </message>
  <message>
    <source>Favourites</source>
    <translation>Избранные</translation>
  </message>
  <message>
    <source>Fences</source>
    <translation>Заборы</translation>
  </message>
  <message>
    <source>Ferries</source>
    <translation>Паромы</translation>
  </message>
  <message>
    <source>Ferry routes</source>
    <translation>Паромные маршруты</translation>
  </message>
  <message>
    <source>File</source>
    <translation>Файл</translation>
  </message>
  <message>
    <source>File .{0}; in scripts and file names it is called {1}.</source>
    <translation>Файл .{0}; в скриптах и именах файлов называется {1}.</translation>
  </message>
  <message>
    <source>Files of that name stay as they are: the new ones get a number, such as name-2.</source>
    <translation>Файлы с таким именем остаются как есть: новые получают номер, например имя-2.</translation>
  </message>
  <message>
    <source>Files, as JSON</source>
    <translation>Файлы, в JSON</translation>
  </message>
  <message>
    <source>Fills water and green with lines so many millimetres apart; auto is none for cutters and plotters, 0.5 for embroidery.</source>
    <translation>Заполняет воду и зелень линиями через столько миллиметров; auto — без заливки для резаков и плоттеров, 0,5 для вышивки.</translation>
  </message>
  <message>
    <source>FlatGeobuf</source>
    <translation>FlatGeobuf</translation>
  </message>
  <message>
    <source>Folder</source>
    <translation>Папка</translation>
  </message>
  <message>
    <source>Folder of exports</source>
    <translation>Папка экспорта</translation>
  </message>
  <message>
    <source>Folder {0}</source>
    <translation>Папка {0}</translation>
  </message>
  <message>
    <source>Food and drink</source>
    <translation>Еда и напитки</translation>
  </message>
  <message>
    <source>Footpaths</source>
    <translation>Пешеходные дорожки</translation>
  </message>
  <message>
    <source>For offset printing: tints that hold, pure black text.</source>
    <translation>Для офсетной печати: устойчивые тона, чисто чёрные буквы.</translation>
  </message>
  <message>
    <source>Forests</source>
    <translation>Леса</translation>
  </message>
  <message>
    <source>Forget</source>
    <translation>Забыть</translation>
  </message>
  <message>
    <source>Forgotten.</source>
    <translation>Забыто.</translation>
  </message>
  <message>
    <source>Format</source>
    <translation>Формат</translation>
  </message>
  <message>
    <source>Formats</source>
    <translation>Форматы</translation>
  </message>
  <message>
    <source>Formats, as JSON</source>
    <translation>Форматы, в JSON</translation>
  </message>
  <message>
    <source>Funiculars</source>
    <translation>Фуникулёры</translation>
  </message>
  <message>
    <source>G-code (laser/pen)</source>
    <translation>G-code (лазер или перо)</translation>
  </message>
  <message>
    <source>GDAL, own check of arcs, jsonschema</source>
    <translation>GDAL, своя проверка дуг, jsonschema</translation>
  </message>
  <message>
    <source>GIF image</source>
    <translation>Изображение GIF</translation>
  </message>
  <message>
    <source>GIMP, layered</source>
    <translation>GIMP со слоями</translation>
  </message>
  <message>
    <source>GIS data</source>
    <translation>Данные ГИС</translation>
  </message>
  <message>
    <source>GLB (binary glTF)</source>
    <translation>GLB (двоичный glTF)</translation>
  </message>
  <message>
    <source>GML 3.2 (+XSD)</source>
    <translation>GML 3.2 (+XSD)</translation>
  </message>
  <message>
    <source>GPX</source>
    <translation>GPX</translation>
  </message>
  <message>
    <source>Garmin Custom Map</source>
    <translation>Пользовательская карта Garmin (Custom Map)</translation>
  </message>
  <message>
    <source>Garmin map (gmapsupp.img)</source>
    <translation>Карта Garmin (gmapsupp.img)</translation>
  </message>
  <message>
    <source>GeoJPEG2000</source>
    <translation>GeoJPEG2000</translation>
  </message>
  <message>
    <source>GeoJSON</source>
    <translation>GeoJSON</translation>
  </message>
  <message>
    <source>GeoJSON Lines (newline-delimited)</source>
    <translation>GeoJSON Lines (объект в строке)</translation>
  </message>
  <message>
    <source>GeoPackage</source>
    <translation>GeoPackage</translation>
  </message>
  <message>
    <source>GeoPackages, one a line</source>
    <translation>Файлы GeoPackage, по одному в строке</translation>
  </message>
  <message>
    <source>GeoParquet</source>
    <translation>GeoParquet</translation>
  </message>
  <message>
    <source>GeoTIFF</source>
    <translation>GeoTIFF</translation>
  </message>
  <message>
    <source>Georeferenced images</source>
    <translation>Изображения с привязкой</translation>
  </message>
  <message>
    <source>Gives layers of OpenStreetMap data (roads, buildings, water ...) a map style, and saves it in their GeoPackage, so that it shows wherever the file is opened. Choose layers of the project or a GeoPackage that an export made; with nothing chosen, all such layers of the project are styled.</source>
    <translation>Оформляет слои данных OpenStreetMap (дороги, здания, вода…) стилем карты и сохраняет его в их GeoPackage, чтобы он был виден везде, где открывают файл. Выберите слои проекта или GeoPackage, полученный экспортом; если не выбрано ничего, оформляются все такие слои проекта.</translation>
  </message>
  <message>
    <source>Glacier</source>
    <translation>Ледник</translation>
  </message>
  <message>
    <source>Google Earth image SuperOverlay</source>
    <translation>Многоуровневое наложение для Google Earth (SuperOverlay)</translation>
  </message>
  <message>
    <source>GraphML street graph</source>
    <translation>GraphML — граф улиц</translation>
  </message>
  <message>
    <source>Grass</source>
    <translation>Трава</translation>
  </message>
  <message>
    <source>Green</source>
    <translation>Зелень</translation>
  </message>
  <message>
    <source>Grid of TopoJSON</source>
    <translation>Сетка TopoJSON</translation>
  </message>
  <message>
    <source>Grid of TopoJSON: data, as fine as the data, or steps along each side of the map.</source>
    <translation>Сетка TopoJSON: data — с точностью данных, или число шагов вдоль каждой стороны карты.</translation>
  </message>
  <message>
    <source>Ground</source>
    <translation>Поверхность</translation>
  </message>
  <message>
    <source>HPGL plotter</source>
    <translation>Плоттер HPGL</translation>
  </message>
  <message>
    <source>HTML5 canvas drawing</source>
    <translation>Рисунок HTML5 canvas</translation>
  </message>
  <message>
    <source>Hairlines in three colours for cutters and plotters, no fills: red CUT, blue SCORE, black ENGRAVE.</source>
    <translation>Тонкие линии трёх цветов для резаков и плоттеров, без заливок: красный CUT, синий SCORE, чёрный ENGRAVE.</translation>
  </message>
  <message>
    <source>Halts and terminals</source>
    <translation>Полустанки и терминалы</translation>
  </message>
  <message>
    <source>Hamlets</source>
    <translation>Малые деревни</translation>
  </message>
  <message>
    <source>Hatching, mm</source>
    <translation>Штриховка, мм</translation>
  </message>
  <message>
    <source>Hedges</source>
    <translation>Живые изгороди</translation>
  </message>
  <message>
    <source>Heights</source>
    <translation>Высоты</translation>
  </message>
  <message>
    <source>Helipads</source>
    <translation>Вертолётные площадки</translation>
  </message>
  <message>
    <source>Highest zoom</source>
    <translation>Наибольший масштаб</translation>
  </message>
  <message>
    <source>Highest zoom of tiles; 0 what suits the detail level.</source>
    <translation>Наибольший масштабный уровень тайлов; 0 — какой подходит степени подробности.</translation>
  </message>
  <message>
    <source>Hiking routes</source>
    <translation>Пешие маршруты</translation>
  </message>
  <message>
    <source>Hoop that embroidery is made to fit, in millimetres.</source>
    <translation>Пяльцы, в которые должна поместиться вышивка, в миллиметрах.</translation>
  </message>
  <message>
    <source>Hoop, mm</source>
    <translation>Пяльцы, мм</translation>
  </message>
  <message>
    <source>Hospitals</source>
    <translation>Больницы</translation>
  </message>
  <message>
    <source>Hotels</source>
    <translation>Гостиницы</translation>
  </message>
  <message>
    <source>House numbers</source>
    <translation>Номера домов</translation>
  </message>
  <message>
    <source>How the page is turned; auto as the area lies.</source>
    <translation>Как повёрнут лист; auto — как лежит область.</translation>
  </message>
  <message>
    <source>IFC4 buildings</source>
    <translation>Здания IFC4</translation>
  </message>
  <message>
    <source>Images</source>
    <translation>Изображения</translation>
  </message>
  <message>
    <source>Import OpenStreetMap as layers…</source>
    <translation>Импорт OpenStreetMap слоями…</translation>
  </message>
  <message>
    <source>Indoor passages</source>
    <translation>Проходы внутри зданий</translation>
  </message>
  <message>
    <source>Industry</source>
    <translation>Промышленность</translation>
  </message>
  <message>
    <source>Institutions</source>
    <translation>Учреждения</translation>
  </message>
  <message>
    <source>It begins</source>
    <translation>Начало</translation>
  </message>
  <message>
    <source>JPEG + world file</source>
    <translation>JPEG с файлом привязки</translation>
  </message>
  <message>
    <source>JPEG image</source>
    <translation>Изображение JPEG</translation>
  </message>
  <message>
    <source>Join houses that touch</source>
    <translation>Соединять смежные дома</translation>
  </message>
  <message>
    <source>Joins houses that touch.</source>
    <translation>Объединяет соприкасающиеся дома.</translation>
  </message>
  <message>
    <source>KML</source>
    <translation>KML</translation>
  </message>
  <message>
    <source>KMZ</source>
    <translation>KMZ</translation>
  </message>
  <message>
    <source>KMZ with extruded buildings</source>
    <translation>KMZ с объёмными зданиями</translation>
  </message>
  <message>
    <source>Keep empty tables</source>
    <translation>Оставлять пустые таблицы</translation>
  </message>
  <message>
    <source>Keeps tables that hold nothing.</source>
    <translation>Оставляет и пустые таблицы.</translation>
  </message>
  <message>
    <source>Lakes and rivers</source>
    <translation>Озёра и реки</translation>
  </message>
  <message>
    <source>Land</source>
    <translation>Суша</translation>
  </message>
  <message>
    <source>Land use</source>
    <translation>Землепользование</translation>
  </message>
  <message>
    <source>LandXML 1.2</source>
    <translation>LandXML 1.2</translation>
  </message>
  <message>
    <source>Landmarks</source>
    <translation>Заметные здания</translation>
  </message>
  <message>
    <source>Lanelet2 HD map</source>
    <translation>Lanelet2 — карта полос движения</translation>
  </message>
  <message>
    <source>Language of names (empty: local)</source>
    <translation>Язык названий (пусто: местный)</translation>
  </message>
  <message>
    <source>Language of names, as in OpenStreetMap's keys name:*, such as en, ru, zh-Hant or sr-Latn; those of the place where left out. Pictures and CAD texts show the name in that language where an object has one, else the local one; data formats keep the local one in the column name and get the other in one more, such as name_ru.</source>
    <translation>Язык имён, как в ключах OpenStreetMap name:*, например en, ru, zh-Hant или sr-Latn; если не указан, имена местные. Картинки и тексты CAD показывают имя на этом языке, если оно у объекта есть, иначе местное; форматы данных хранят местное имя в столбце name, а другое — в отдельном столбце, например name_ru.</translation>
  </message>
  <message>
    <source>Laser-cut DXF (outlines only)</source>
    <translation>DXF для лазерной резки (только контуры)</translation>
  </message>
  <message>
    <source>Laser-cut SVG (hairline, colour per operation)</source>
    <translation>SVG для лазерной резки (волосные линии, цвет на операцию)</translation>
  </message>
  <message>
    <source>Layer groups; all where left out.</source>
    <translation>Группы слоёв; если не указаны, то все.</translation>
  </message>
  <message>
    <source>Layered GeoPDF (OCG)</source>
    <translation>GeoPDF со слоями (OCG)</translation>
  </message>
  <message>
    <source>Layers</source>
    <translation>Слои</translation>
  </message>
  <message>
    <source>Layers (none: all)</source>
    <translation>Слои (не выбраны — все)</translation>
  </message>
  <message>
    <source>Layers (none: the visible ones)</source>
    <translation>Слои (не выбраны: видимые)</translation>
  </message>
  <message>
    <source>Layers in place of OpenStreetMap</source>
    <translation>Слои вместо OpenStreetMap</translation>
  </message>
  <message>
    <source>Layers of the project are drawn in the project's order, others above them.</source>
    <translation>Слои проекта рисуются в порядке проекта, остальные — над ними.</translation>
  </message>
  <message>
    <source>Layers or GeoPackage (none: all)</source>
    <translation>Слои, GeoPackage (пусто — все)</translation>
  </message>
  <message>
    <source>Layers styled</source>
    <translation>Оформлено слоёв</translation>
  </message>
  <message>
    <source>Layers styled: {0}.</source>
    <translation>Оформлено слоёв: {0}.</translation>
  </message>
  <message>
    <source>Leaflet web map (self-contained HTML)</source>
    <translation>Веб-карта Leaflet (один файл HTML)</translation>
  </message>
  <message>
    <source>Leaves the ground out of a Garmin map, so that it lies over another one.</source>
    <translation>Убирает землю с карты Garmin, чтобы та ложилась поверх другой.</translation>
  </message>
  <message>
    <source>Letters inside the SVG</source>
    <translation>Буквы внутри SVG</translation>
  </message>
  <message>
    <source>Letters of the names of a Garmin map: auto is the code page that has most of them; unicode has all, for newer devices and BaseCamp.</source>
    <translation>Буквы названий карты Garmin: auto — кодовая страница, где их больше всего; unicode — все, для новых приборов и BaseCamp.</translation>
  </message>
  <message>
    <source>Light rail</source>
    <translation>Лёгкое метро</translation>
  </message>
  <message>
    <source>LightBurn project</source>
    <translation>Проект LightBurn</translation>
  </message>
  <message>
    <source>Lines and trees</source>
    <translation>Линии и деревья</translation>
  </message>
  <message>
    <source>List export formats</source>
    <translation>Список форматов экспорта</translation>
  </message>
  <message>
    <source>Lists every format of the catalogue with whether it can be written here, and if not, why.</source>
    <translation>Перечисляет все форматы каталога и сообщает, можно ли их записать на этом компьютере, а если нельзя, то почему.</translation>
  </message>
  <message>
    <source>Living streets</source>
    <translation>Жилые зоны</translation>
  </message>
  <message>
    <source>Load OpenStreetMap data</source>
    <translation>Загрузка данных OpenStreetMap</translation>
  </message>
  <message>
    <source>Load as layers</source>
    <translation>Загрузить слоями</translation>
  </message>
  <message>
    <source>Localities</source>
    <translation>Местности</translation>
  </message>
  <message>
    <source>Lodging</source>
    <translation>Жильё для гостей</translation>
  </message>
  <message>
    <source>Look</source>
    <translation>Вид</translation>
  </message>
  <message>
    <source>Lowest zoom</source>
    <translation>Наименьший масштаб</translation>
  </message>
  <message>
    <source>Lowest zoom of tiles; 0 what suits the area.</source>
    <translation>Наименьший масштабный уровень тайлов; 0 — какой подходит области.</translation>
  </message>
  <message>
    <source>MBTiles (raster tiles)</source>
    <translation>MBTiles (растровые тайлы)</translation>
  </message>
  <message>
    <source>MBTiles (vector)</source>
    <translation>MBTiles (векторные тайлы)</translation>
  </message>
  <message>
    <source>MVT tile folder (.pbf)</source>
    <translation>Папка тайлов MVT (.pbf)</translation>
  </message>
  <message>
    <source>Machine's bed, mm</source>
    <translation>Стол станка, мм</translation>
  </message>
  <message>
    <source>Makes a zip of the vector tiles with a MapLibre style, its glyphs and icons, and a page that shows the map without a server; a folder of tiles always has them.</source>
    <translation>Создаёт zip-архив: векторные тайлы, стиль MapLibre, его шрифты и значки и страница, которая показывает карту без сервера; в папке тайлов всё это есть всегда.</translation>
  </message>
  <message>
    <source>Makes a zip with the fonts.</source>
    <translation>Добавляет шрифты в архив zip.</translation>
  </message>
  <message>
    <source>Makes images that lose something smaller, or better and larger.</source>
    <translation>Делает изображения со сжатием с потерями меньше, либо лучше и больше.</translation>
  </message>
  <message>
    <source>Map exported</source>
    <translation>Карта экспортирована</translation>
  </message>
  <message>
    <source>Map style</source>
    <translation>Стиль карты</translation>
  </message>
  <message>
    <source>Map style.</source>
    <translation>Стиль карты.</translation>
  </message>
  <message>
    <source>Map theme</source>
    <translation>Тема карты</translation>
  </message>
  <message>
    <source>MapInfo MIF/MID</source>
    <translation>Обменный формат MapInfo (MIF/MID)</translation>
  </message>
  <message>
    <source>MapInfo TAB</source>
    <translation>Таблицы MapInfo (TAB)</translation>
  </message>
  <message>
    <source>Marinas</source>
    <translation>Марины</translation>
  </message>
  <message>
    <source>Marks where the page is to be trimmed.</source>
    <translation>Метки обреза страницы.</translation>
  </message>
  <message>
    <source>MicroStation DGN V7</source>
    <translation>MicroStation DGN V7</translation>
  </message>
  <message>
    <source>Microsoft Visio</source>
    <translation>Microsoft Visio (vsdx)</translation>
  </message>
  <message>
    <source>Midnight blue with golden roads.</source>
    <translation>Полуночная синева с золотыми дорогами.</translation>
  </message>
  <message>
    <source>Millimetres round the page that are trimmed off: the map's edge goes on, mirrored.</source>
    <translation>Миллиметры вокруг страницы, которые обрезаются: край карты продолжается зеркально.</translation>
  </message>
  <message>
    <source>Miniature railways</source>
    <translation>Миниатюрные железные дороги</translation>
  </message>
  <message>
    <source>Minor power lines</source>
    <translation>Малые линии электропередачи</translation>
  </message>
  <message>
    <source>Minor roads</source>
    <translation>Прочие дороги</translation>
  </message>
  <message>
    <source>More options, and this export as a command</source>
    <translation>Другие параметры и этот экспорт в виде команды</translation>
  </message>
  <message>
    <source>Motorways</source>
    <translation>Автомагистрали</translation>
  </message>
  <message>
    <source>Mud</source>
    <translation>Илистые отмели</translation>
  </message>
  <message>
    <source>Municipalities</source>
    <translation>Муниципалитеты</translation>
  </message>
  <message>
    <source>MySQL / MariaDB SQL</source>
    <translation>Дамп SQL для MySQL и MariaDB</translation>
  </message>
  <message>
    <source>Name</source>
    <translation>Имя</translation>
  </message>
  <message>
    <source>Name of the files</source>
    <translation>Имя файлов</translation>
  </message>
  <message>
    <source>Name of the files; letters and digits.</source>
    <translation>Имя файлов; буквы и цифры.</translation>
  </message>
  <message>
    <source>Named colours</source>
    <translation>Именованные цвета</translation>
  </message>
  <message>
    <source>Names and points</source>
    <translation>Названия и точки</translation>
  </message>
  <message>
    <source>Names in</source>
    <translation>Язык названий</translation>
  </message>
  <message>
    <source>Names in artwork</source>
    <translation>Надписи в рисунках</translation>
  </message>
  <message>
    <source>Names in artwork: auto, mixed in CorelDRAW and live elsewhere; live, text in the fonts that travel along; mixed, live but for turned, bent, bold, italic and spaced ones and what shines round names, which are shapes, as not every program shows them; outlines, all of them shapes, for who has not these fonts; system, text in Arial, Times New Roman and Courier New.</source>
    <translation>Имена на рисунках: auto — mixed в CorelDRAW и live в остальных форматах; live — текст шрифтами из комплекта; mixed — как live, но повёрнутые, изогнутые, жирные, курсивные и разреженные имена и ореолы — контуры, так как показывает их не каждая программа; outlines — все имена контурами, если этих шрифтов нет; system — текст шрифтами Arial, Times New Roman и Courier New.</translation>
  </message>
  <message>
    <source>Names in single strokes</source>
    <translation>Названия одним штрихом</translation>
  </message>
  <message>
    <source>Names of CAD layers</source>
    <translation>Имена слоёв САПР</translation>
  </message>
  <message>
    <source>Names the colours of PDF, Illustrator and PostScript files by the style.</source>
    <translation>Называет цвета в файлах PDF, Illustrator и PostScript по стилю.</translation>
  </message>
  <message>
    <source>National parks</source>
    <translation>Национальные парки</translation>
  </message>
  <message>
    <source>Nature reserves</source>
    <translation>Заповедники</translation>
  </message>
  <message>
    <source>Navigation</source>
    <translation>Навигация</translation>
  </message>
  <message>
    <source>Neighbourhoods</source>
    <translation>Микрорайоны</translation>
  </message>
  <message>
    <source>Neon lines on a night sky.</source>
    <translation>Неоновые линии на ночном небе.</translation>
  </message>
  <message>
    <source>None</source>
    <translation>Нет</translation>
  </message>
  <message>
    <source>Nothing can be written in {0}: choose another folder.</source>
    <translation>В {0} нельзя ничего записать: выберите другую папку.</translation>
  </message>
  <message>
    <source>Nothing is called {0}.</source>
    <translation>Ничего не найдено: {0}.</translation>
  </message>
  <message>
    <source>Nothing is chosen: all.</source>
    <translation>Ничего не выбрано: берутся все.</translation>
  </message>
  <message>
    <source>Nothing is chosen: tick at least one.</source>
    <translation>Ничего не выбрано: отметьте хотя бы один.</translation>
  </message>
  <message>
    <source>Numbers of pages such as 1,3-4.</source>
    <translation>Номера страниц, например 1,3-4.</translation>
  </message>
  <message>
    <source>OSM PBF</source>
    <translation>OSM PBF</translation>
  </message>
  <message>
    <source>OSM XML</source>
    <translation>OSM XML</translation>
  </message>
  <message>
    <source>Objects written</source>
    <translation>Записано объектов</translation>
  </message>
  <message>
    <source>Offices</source>
    <translation>Конторы</translation>
  </message>
  <message>
    <source>Old paper, sepia inks and a Garamond.</source>
    <translation>Старая бумага, чернила цвета сепии и гарамон.</translation>
  </message>
  <message>
    <source>One of the styles that travel along, one of your own in the folder osm2cdr/styles of the QGIS profile, or, from scripts, models and qgis_process, the path of any style file NAME.json.</source>
    <translation>Один из встроенных стилей, свой стиль из папки osm2cdr/styles профиля QGIS или, из скриптов, моделей и qgis_process, путь к любому файлу стиля ИМЯ.json.</translation>
  </message>
  <message>
    <source>Open</source>
    <translation>Открыть</translation>
  </message>
  <message>
    <source>Open the folder</source>
    <translation>Открыть папку</translation>
  </message>
  <message>
    <source>OpenDRIVE</source>
    <translation>OpenDRIVE</translation>
  </message>
  <message>
    <source>OpenDocument Drawing</source>
    <translation>OpenDocument — рисунок (Draw)</translation>
  </message>
  <message>
    <source>OpenDocument spreadsheet</source>
    <translation>Электронная таблица OpenDocument</translation>
  </message>
  <message>
    <source>OpenRaster, layered</source>
    <translation>OpenRaster со слоями</translation>
  </message>
  <message>
    <source>OpenSCAD model</source>
    <translation>Модель OpenSCAD</translation>
  </message>
  <message>
    <source>OpenStreetMap data (empty: Overpass)</source>
    <translation>Данные (пусто — Overpass)</translation>
  </message>
  <message>
    <source>OpenStreetMap extract</source>
    <translation>Выгрузка OpenStreetMap</translation>
  </message>
  <message>
    <source>OpenStreetMap map</source>
    <translation>Карта OpenStreetMap</translation>
  </message>
  <message>
    <source>OpenStreetMap places and formats</source>
    <translation>Места и форматы OpenStreetMap</translation>
  </message>
  <message>
    <source>Options of formats, as JSON</source>
    <translation>Параметры форматов (JSON)</translation>
  </message>
  <message>
    <source>Options of formats.</source>
    <translation>Параметры форматов.</translation>
  </message>
  <message>
    <source>Options of these formats</source>
    <translation>Параметры этих форматов</translation>
  </message>
  <message>
    <source>Orientation of the page</source>
    <translation>Ориентация листа</translation>
  </message>
  <message>
    <source>OsmAnd / Locus / RMaps raster</source>
    <translation>Растровая карта OsmAnd / Locus / RMaps</translation>
  </message>
  <message>
    <source>Other areas</source>
    <translation>Прочие площади</translation>
  </message>
  <message>
    <source>Other lines</source>
    <translation>Прочие линии</translation>
  </message>
  <message>
    <source>Other points</source>
    <translation>Прочие точки</translation>
  </message>
  <message>
    <source>Other routes</source>
    <translation>Прочие маршруты</translation>
  </message>
  <message>
    <source>Outputs</source>
    <translation>Результаты</translation>
  </message>
  <message>
    <source>Overpass JSON</source>
    <translation>Overpass JSON</translation>
  </message>
  <message>
    <source>Overpass, online: small areas</source>
    <translation>Overpass, по сети: небольшие области</translation>
  </message>
  <message>
    <source>Own data</source>
    <translation>Свои данные</translation>
  </message>
  <message>
    <source>Own styles</source>
    <translation>Свои стили</translation>
  </message>
  <message>
    <source>OziExplorer map</source>
    <translation>Карта OziExplorer</translation>
  </message>
  <message>
    <source>PDF</source>
    <translation>PDF</translation>
  </message>
  <message>
    <source>PDF/A-2b for archives</source>
    <translation>PDF/A-2b для архивов</translation>
  </message>
  <message>
    <source>PDF/X-4 in CMYK for press</source>
    <translation>PDF/X-4 в CMYK для печати</translation>
  </message>
  <message>
    <source>PMTiles (raster)</source>
    <translation>PMTiles (растровые тайлы)</translation>
  </message>
  <message>
    <source>PMTiles (vector)</source>
    <translation>PMTiles (векторные тайлы)</translation>
  </message>
  <message>
    <source>PNG + world file</source>
    <translation>PNG с файлом привязки</translation>
  </message>
  <message>
    <source>PNG image</source>
    <translation>Изображение PNG</translation>
  </message>
  <message>
    <source>PNG per layer (transparent)</source>
    <translation>PNG на каждый слой (прозрачные)</translation>
  </message>
  <message>
    <source>Page</source>
    <translation>Страница</translation>
  </message>
  <message>
    <source>Page (fit: cut to the map)</source>
    <translation>Лист (fit: по размеру карты)</translation>
  </message>
  <message>
    <source>Page with the map</source>
    <translation>Страница с картой</translation>
  </message>
  <message>
    <source>Pages (empty: all)</source>
    <translation>Страницы (пусто: все)</translation>
  </message>
  <message>
    <source>Pale and grey, behind data of one's own.</source>
    <translation>Бледный и серый — под собственные данные.</translation>
  </message>
  <message>
    <source>Paper of artwork and images; fit is cut to the map.</source>
    <translation>Лист рисунков и изображений; fit — обрезанный по карте.</translation>
  </message>
  <message>
    <source>Parameters</source>
    <translation>Параметры</translation>
  </message>
  <message>
    <source>Parking</source>
    <translation>Парковки</translation>
  </message>
  <message>
    <source>Parks</source>
    <translation>Парки</translation>
  </message>
  <message>
    <source>Paths</source>
    <translation>Дорожки и тропы</translation>
  </message>
  <message>
    <source>Pavements and crossings</source>
    <translation>Тротуары и переходы</translation>
  </message>
  <message>
    <source>Peaks</source>
    <translation>Вершины</translation>
  </message>
  <message>
    <source>Pedestrian streets</source>
    <translation>Пешеходные улицы</translation>
  </message>
  <message>
    <source>Photoshop, layered</source>
    <translation>Photoshop со слоями</translation>
  </message>
  <message>
    <source>Piers</source>
    <translation>Пирсы</translation>
  </message>
  <message>
    <source>Piers, breakwaters and dams</source>
    <translation>Причалы, волноломы и плотины</translation>
  </message>
  <message>
    <source>Piers, breakwaters and dams, lines</source>
    <translation>Причалы, волноломы и плотины, линии</translation>
  </message>
  <message>
    <source>Pipelines</source>
    <translation>Трубопроводы</translation>
  </message>
  <message>
    <source>Pipelines and conveyors</source>
    <translation>Трубопроводы и конвейеры</translation>
  </message>
  <message>
    <source>Pitches</source>
    <translation>Спортивные площадки</translation>
  </message>
  <message>
    <source>Pixels along a side of painted tiles: 512 makes a quarter as many, for screens of fine pixels.</source>
    <translation>Сторона растровых тайлов в пикселях: при 512 их вчетверо меньше, для экранов с мелкими пикселями.</translation>
  </message>
  <message>
    <source>Pixels of a tile</source>
    <translation>Пикселей в тайле</translation>
  </message>
  <message>
    <source>Place</source>
    <translation>Место</translation>
  </message>
  <message>
    <source>Places</source>
    <translation>Населённые места</translation>
  </message>
  <message>
    <source>Places of worship</source>
    <translation>Храмы</translation>
  </message>
  <message>
    <source>Platforms</source>
    <translation>Платформы</translation>
  </message>
  <message>
    <source>Platforms, lines</source>
    <translation>Платформы, линии</translation>
  </message>
  <message>
    <source>Playgrounds and fountains</source>
    <translation>Детские площадки и фонтаны</translation>
  </message>
  <message>
    <source>Plazas</source>
    <translation>Площади</translation>
  </message>
  <message>
    <source>Plazas and platforms</source>
    <translation>Площади и платформы</translation>
  </message>
  <message>
    <source>Plotters, lasers, embroidery</source>
    <translation>Плоттеры, лазеры, вышивка</translation>
  </message>
  <message>
    <source>Points of interest</source>
    <translation>Точки интереса</translation>
  </message>
  <message>
    <source>Points of interest (empty: as the style)</source>
    <translation>Точки интереса (пусто: стиль)</translation>
  </message>
  <message>
    <source>Points of interest of the map: none; few, the sights, stations and hospitals; many, all that have room; or kinds of them with commas, such as food,museum. As the style says where left out.</source>
    <translation>Точки интереса на карте: none — нет; few — главное: музеи, вокзалы, больницы; many — все, для которых есть место; или виды через запятую, например food,museum. Если не задано, решает стиль.</translation>
  </message>
  <message>
    <source>Police and fire stations</source>
    <translation>Полиция и пожарная охрана</translation>
  </message>
  <message>
    <source>Polish format MP</source>
    <translation>Польский формат MP</translation>
  </message>
  <message>
    <source>Pools and fountains</source>
    <translation>Бассейны и фонтаны</translation>
  </message>
  <message>
    <source>Poppler, Ghostscript (tiffsep), pikepdf (the clauses of ISO 15930-7)</source>
    <translation>Poppler, Ghostscript (tiffsep), pikepdf (пункты ISO 15930-7)</translation>
  </message>
  <message>
    <source>Poppler, Ghostscript, pikepdf (the clauses of ISO 19005-2)</source>
    <translation>Poppler, Ghostscript, pikepdf (пункты ISO 19005-2)</translation>
  </message>
  <message>
    <source>PostGIS SQL dump</source>
    <translation>Дамп SQL для PostGIS</translation>
  </message>
  <message>
    <source>PostScript</source>
    <translation>PostScript</translation>
  </message>
  <message>
    <source>Poster: streets as grey lines on white, few words.</source>
    <translation>Плакат: улицы серыми линиями на белом, мало слов.</translation>
  </message>
  <message>
    <source>PostgreSQL with PostGIS</source>
    <translation>PostgreSQL с PostGIS</translation>
  </message>
  <message>
    <source>Power and telecom lines</source>
    <translation>Линии электропередачи и связи</translation>
  </message>
  <message>
    <source>Power cables</source>
    <translation>Силовые кабели</translation>
  </message>
  <message>
    <source>Power lines</source>
    <translation>Линии электропередачи</translation>
  </message>
  <message>
    <source>Power of the laser of G-code where it cuts, in percent; scoring takes half, engraving a quarter of it.</source>
    <translation>Мощность лазера в G-code при резке, в процентах; надрез берёт половину, гравировка — четверть.</translation>
  </message>
  <message>
    <source>Power plants</source>
    <translation>Электростанции</translation>
  </message>
  <message>
    <source>Power plants and substations</source>
    <translation>Электростанции и подстанции</translation>
  </message>
  <message>
    <source>Power towers and substations</source>
    <translation>Опоры ЛЭП и подстанции</translation>
  </message>
  <message>
    <source>Power, %</source>
    <translation>Мощность, %</translation>
  </message>
  <message>
    <source>PowerPoint, native shapes</source>
    <translation>PowerPoint, собственные фигуры</translation>
  </message>
  <message>
    <source>Preview</source>
    <translation>Предварительный вид</translation>
  </message>
  <message>
    <source>Primary roads</source>
    <translation>Главные дороги</translation>
  </message>
  <message>
    <source>Print layout</source>
    <translation>Макет печати</translation>
  </message>
  <message>
    <source>Printer's bed, mm</source>
    <translation>Стол принтера, мм</translation>
  </message>
  <message>
    <source>Protected areas</source>
    <translation>Охраняемые территории</translation>
  </message>
  <message>
    <source>Puts an apostrophe before texts of CSV files that a spreadsheet would run as formulas.</source>
    <translation>Ставит апостроф перед текстами CSV, которые электронная таблица выполнила бы как формулы.</translation>
  </message>
  <message>
    <source>Puts the letters that are used into the SVG, so that browsers show names rightly without the fonts; programs for drawing want them installed.</source>
    <translation>Кладёт использованные буквы в SVG, и браузеры верно показывают названия без этих шрифтов; графическим редакторам нужны установленные шрифты.</translation>
  </message>
  <message>
    <source>QGIS could not open {0}.</source>
    <translation>QGIS не смог открыть {0}.</translation>
  </message>
  <message>
    <source>QGIS project + GeoPackage</source>
    <translation>Проект QGIS и GeoPackage</translation>
  </message>
  <message>
    <source>Quality of images</source>
    <translation>Качество изображений</translation>
  </message>
  <message>
    <source>Quarters</source>
    <translation>Кварталы города</translation>
  </message>
  <message>
    <source>Railway stations</source>
    <translation>Железнодорожные станции</translation>
  </message>
  <message>
    <source>Railways</source>
    <translation>Железные дороги</translation>
  </message>
  <message>
    <source>Railways under construction</source>
    <translation>Строящиеся железные дороги</translation>
  </message>
  <message>
    <source>Reads an OpenStreetMap extract once and keeps its objects sorted by place and size in the user's cache folder, two to three times as large as the extract. Exports of areas of that extract then read what they need alone. Nothing is built where that has been done and the extract is as it was.</source>
    <translation>Один раз читает выгрузку OpenStreetMap и хранит её объекты, отсортированные по месту и размеру, в папке кэша пользователя; места нужно в два-три раза больше, чем занимает выгрузка. Экспорт участков этой выгрузки затем читает только то, что нужно. Если это уже сделано и выгрузка не изменилась, ничего не строится.</translation>
  </message>
  <message>
    <source>Reads an area of OpenStreetMap into one GeoPackage with a table for each layer (roads, buildings, water ...). In QGIS the layers are loaded into a group and styled; in a model each layer is an output. Data © OpenStreetMap contributors, ODbL.</source>
    <translation>Читает область OpenStreetMap в один GeoPackage с таблицей для каждого слоя (дороги, здания, вода…). В QGIS слои загружаются в группу и оформляются, в модели каждый слой — отдельный результат. Данные © участники OpenStreetMap, ODbL.</translation>
  </message>
  <message>
    <source>Reefs</source>
    <translation>Рифы</translation>
  </message>
  <message>
    <source>Refresh the map's data</source>
    <translation>Обновить данные карты</translation>
  </message>
  <message>
    <source>Refreshing the map</source>
    <translation>Обновление карты</translation>
  </message>
  <message>
    <source>Refuses a map that is larger than the machine's bed, in millimetres; any checks nothing.</source>
    <translation>Отказывает, если карта больше стола станка, в миллиметрах; any — без проверки.</translation>
  </message>
  <message>
    <source>Regions</source>
    <translation>Регионы</translation>
  </message>
  <message>
    <source>Replace files of the same name</source>
    <translation>Заменять файлы с тем же именем</translation>
  </message>
  <message>
    <source>Residential</source>
    <translation>Жилая застройка</translation>
  </message>
  <message>
    <source>Residential streets</source>
    <translation>Жилые улицы</translation>
  </message>
  <message>
    <source>Resolution of images in DPI</source>
    <translation>Разрешение, точек на дюйм</translation>
  </message>
  <message>
    <source>Resolution of images.</source>
    <translation>Разрешение изображений.</translation>
  </message>
  <message>
    <source>Retaining walls</source>
    <translation>Подпорные стены</translation>
  </message>
  <message>
    <source>Rhino 3DM</source>
    <translation>Rhino 3DM</translation>
  </message>
  <message>
    <source>Rivers</source>
    <translation>Реки</translation>
  </message>
  <message>
    <source>Road routes</source>
    <translation>Автомобильные маршруты</translation>
  </message>
  <message>
    <source>Roads</source>
    <translation>Дороги</translation>
  </message>
  <message>
    <source>Roads as</source>
    <translation>Дороги как</translation>
  </message>
  <message>
    <source>Roads as lines, or as areas (outlines).</source>
    <translation>Дороги линиями или площадями (outlines).</translation>
  </message>
  <message>
    <source>Roads under construction</source>
    <translation>Строящиеся дороги</translation>
  </message>
  <message>
    <source>Rock</source>
    <translation>Скалы</translation>
  </message>
  <message>
    <source>Routes</source>
    <translation>Маршруты</translation>
  </message>
  <message>
    <source>Rows kept</source>
    <translation>Сохранено строк</translation>
  </message>
  <message>
    <source>Running tracks</source>
    <translation>Беговые дорожки</translation>
  </message>
  <message>
    <source>Runways</source>
    <translation>Взлётные полосы</translation>
  </message>
  <message>
    <source>STEP AP214 buildings (B-rep)</source>
    <translation>Здания STEP AP214 (B-rep)</translation>
  </message>
  <message>
    <source>STL (3D print)</source>
    <translation>STL (3D-печать)</translation>
  </message>
  <message>
    <source>SUMO network</source>
    <translation>SUMO — сеть дорог</translation>
  </message>
  <message>
    <source>SVG</source>
    <translation>SVG</translation>
  </message>
  <message>
    <source>SVG for Figma / Sketch / Canva</source>
    <translation>SVG для Figma, Sketch и Canva</translation>
  </message>
  <message>
    <source>SVG with Inkscape layers</source>
    <translation>SVG со слоями Inkscape</translation>
  </message>
  <message>
    <source>SVGZ (gzip SVG)</source>
    <translation>SVGZ (SVG, сжатый gzip)</translation>
  </message>
  <message>
    <source>Safe for spreadsheets</source>
    <translation>Безопасно для таблиц</translation>
  </message>
  <message>
    <source>Sample: central Helsinki</source>
    <translation>Образец: центр Хельсинки</translation>
  </message>
  <message>
    <source>Scale</source>
    <translation>Масштаб</translation>
  </message>
  <message>
    <source>Scale 1:n (0 as fits)</source>
    <translation>Масштаб 1:n (0 — по листу)</translation>
  </message>
  <message>
    <source>Scale 1:n.</source>
    <translation>Масштаб 1:n.</translation>
  </message>
  <message>
    <source>Scales a 3D model for a printer, in millimetres along its longest side, standing on the bed; none keeps it as large as life, in metres.</source>
    <translation>Масштаб 3D-модели для принтера: длина наибольшей стороны в миллиметрах, модель стоит на столе; none оставляет её в натуральную величину, в метрах.</translation>
  </message>
  <message>
    <source>Schools</source>
    <translation>Школы</translation>
  </message>
  <message>
    <source>Scrub</source>
    <translation>Кустарник</translation>
  </message>
  <message>
    <source>Sea</source>
    <translation>Море</translation>
  </message>
  <message>
    <source>Search</source>
    <translation>Поиск</translation>
  </message>
  <message>
    <source>Search a place, then Enter</source>
    <translation>Найти место: название и Enter</translation>
  </message>
  <message>
    <source>Search {0}</source>
    <translation>Искать {0}</translation>
  </message>
  <message>
    <source>Search: {0}</source>
    <translation>Поиск: {0}</translation>
  </message>
  <message>
    <source>Searching a place</source>
    <translation>Поиск места</translation>
  </message>
  <message>
    <source>Searching…</source>
    <translation>Идёт поиск…</translation>
  </message>
  <message>
    <source>Secondary roads</source>
    <translation>Второстепенные дороги</translation>
  </message>
  <message>
    <source>Seconds that Overpass may take</source>
    <translation>Время ожидания Overpass, секунд</translation>
  </message>
  <message>
    <source>Seconds that Overpass may take, where it is the source: the query, the network and all parts of a large area together.</source>
    <translation>Сколько секунд может занять Overpass, если данные берутся из него: вместе запрос, сеть и все части большой области.</translation>
  </message>
  <message>
    <source>Server that finds places (Nominatim)</source>
    <translation>Сервер поиска мест (Nominatim)</translation>
  </message>
  <message>
    <source>Service roads</source>
    <translation>Служебные проезды</translation>
  </message>
  <message>
    <source>Services</source>
    <translation>Услуги</translation>
  </message>
  <message>
    <source>Shape of a polygon layer, or of its selection</source>
    <translation>Контур полигонального слоя или выбранного в нём</translation>
  </message>
  <message>
    <source>Shops</source>
    <translation>Магазины</translation>
  </message>
  <message>
    <source>Show this area on it</source>
    <translation>Показать на ней эту область</translation>
  </message>
  <message>
    <source>Shows the layers of this theme, in its styles.</source>
    <translation>Показывает слои этой темы в её стилях.</translation>
  </message>
  <message>
    <source>Side of the road that traffic keeps to; auto as roundabouts of the data go round, else as the country has it.</source>
    <translation>Сторона движения; auto — как идут кольцевые развязки в данных, иначе как принято в стране.</translation>
  </message>
  <message>
    <source>Sidings</source>
    <translation>Боковые пути</translation>
  </message>
  <message>
    <source>Simulation</source>
    <translation>Моделирование</translation>
  </message>
  <message>
    <source>Size printed, mm</source>
    <translation>Размер при печати, мм</translation>
  </message>
  <message>
    <source>Small capitals</source>
    <translation>Малые столицы</translation>
  </message>
  <message>
    <source>Soft colours, rose houses.</source>
    <translation>Мягкие цвета, розовые дома.</translation>
  </message>
  <message>
    <source>Sort an extract for fast exports</source>
    <translation>Отсортировать выгрузку для быстрого экспорта</translation>
  </message>
  <message>
    <source>SpatiaLite database</source>
    <translation>База данных SpatiaLite</translation>
  </message>
  <message>
    <source>Speed of G-code while it draws, in millimetres a minute.</source>
    <translation>Скорость рисования в G-code, в миллиметрах в минуту.</translation>
  </message>
  <message>
    <source>Speed, mm a minute</source>
    <translation>Скорость, мм в минуту</translation>
  </message>
  <message>
    <source>Sports grounds</source>
    <translation>Спортивные комплексы</translation>
  </message>
  <message>
    <source>Springs and caves</source>
    <translation>Родники и пещеры</translation>
  </message>
  <message>
    <source>Steps</source>
    <translation>Лестницы</translation>
  </message>
  <message>
    <source>Stops and parking</source>
    <translation>Остановки и парковки</translation>
  </message>
  <message>
    <source>Streams</source>
    <translation>Ручьи</translation>
  </message>
  <message>
    <source>Strong outlines, saturated colours, large black text, for weak eyes and bad light.</source>
    <translation>Сильные контуры, насыщенные цвета, крупные чёрные буквы — для слабого зрения и плохого света.</translation>
  </message>
  <message>
    <source>Styled for 1:{0}, detail level {1}.</source>
    <translation>Оформлено для масштаба 1:{0}, детальность {1}.</translation>
  </message>
  <message>
    <source>Substations</source>
    <translation>Подстанции</translation>
  </message>
  <message>
    <source>Subtitle</source>
    <translation>Подзаголовок</translation>
  </message>
  <message>
    <source>Subtitle of the map, below its title on a sheet: one line of at most 200 characters.</source>
    <translation>Подзаголовок карты, под заголовком на листе: одна строка не длиннее 200 знаков.</translation>
  </message>
  <message>
    <source>Suburbs</source>
    <translation>Районы города</translation>
  </message>
  <message>
    <source>Subway and light rail routes</source>
    <translation>Маршруты метро и лёгкого метро</translation>
  </message>
  <message>
    <source>Subway stations</source>
    <translation>Станции метро</translation>
  </message>
  <message>
    <source>Subways</source>
    <translation>Метро</translation>
  </message>
  <message>
    <source>Surroundings of houses</source>
    <translation>Окружение домов</translation>
  </message>
  <message>
    <source>TIFF CMYK for press</source>
    <translation>TIFF CMYK для печати</translation>
  </message>
  <message>
    <source>TIFF image</source>
    <translation>Изображение TIFF</translation>
  </message>
  <message>
    <source>Tables and documents</source>
    <translation>Таблицы и документы</translation>
  </message>
  <message>
    <source>Tajima embroidery</source>
    <translation>Вышивка Tajima</translation>
  </message>
  <message>
    <source>Taxiways</source>
    <translation>Рулёжные дорожки</translation>
  </message>
  <message>
    <source>Telecom lines and cables</source>
    <translation>Линии и кабели связи</translation>
  </message>
  <message>
    <source>Tertiary roads</source>
    <translation>Дороги местного значения</translation>
  </message>
  <message>
    <source>The canvas is turned: the export is not, and shows the rectangle round what is seen.</source>
    <translation>Карта повёрнута: экспорт не повёрнут и показывает прямоугольник вокруг видимого.</translation>
  </message>
  <message>
    <source>The export failed.</source>
    <translation>Экспорт не удался.</translation>
  </message>
  <message>
    <source>The file is called {0}, as {1} wants it.</source>
    <translation>Файл называется {0}, как того требует {1}.</translation>
  </message>
  <message>
    <source>The full map in greys, for one ink.</source>
    <translation>Полная карта в оттенках серого — для одной краски.</translation>
  </message>
  <message>
    <source>The layer has no polygons, or more than {0}: select some of them.</source>
    <translation>В слое нет полигонов, или их больше {0}: выберите некоторые из них.</translation>
  </message>
  <message>
    <source>The map could not be loaded.</source>
    <translation>Не удалось загрузить карту.</translation>
  </message>
  <message>
    <source>The map is empty. {0}</source>
    <translation>Карта пуста. {0}</translation>
  </message>
  <message>
    <source>The map takes the chosen style</source>
    <translation>Карта принимает выбранный стиль</translation>
  </message>
  <message>
    <source>The preview is drawn from an extract: Overpass is asked once, for the export.</source>
    <translation>Предварительный вид рисуется по выгрузке: Overpass спрашивают один раз, при экспорте.</translation>
  </message>
  <message>
    <source>The same extract, for the next step</source>
    <translation>Та же выгрузка, для следующего шага</translation>
  </message>
  <message>
    <source>The search failed: {0}</source>
    <translation>Поиск не удался: {0}</translation>
  </message>
  <message>
    <source>The shape of a layer, a bookmark, or everything</source>
    <translation>Контур слоя, закладка или всё</translation>
  </message>
  <message>
    <source>The store of {0}: {1} rows, {2}.</source>
    <translation>Хранилище {0}: строк {1}, {2}.</translation>
  </message>
  <message>
    <source>The style draws nothing of {0}.</source>
    <translation>Стиль не рисует слой «{0}».</translation>
  </message>
  <message>
    <source>There is no preview.</source>
    <translation>Предварительного вида нет.</translation>
  </message>
  <message>
    <source>Thickness of the plate under a printed model, in millimetres; 0 leaves it out.</source>
    <translation>Толщина пластины под печатной моделью в миллиметрах; 0 — без пластины.</translation>
  </message>
  <message>
    <source>Thinnest wall of a printed model, in millimetres: thinner parts are widened, lowered or left out, and counted; 0 keeps them.</source>
    <translation>Самая тонкая стенка печатной модели в миллиметрах: более тонкие части расширяются, опускаются или пропускаются, и их число сообщается; 0 сохраняет их.</translation>
  </message>
  <message>
    <source>Thinnest wall, mm</source>
    <translation>Тончайшая стенка, мм</translation>
  </message>
  <message>
    <source>TikZ / PGF</source>
    <translation>TikZ / PGF (рисунок для LaTeX)</translation>
  </message>
  <message>
    <source>Tiles</source>
    <translation>Тайлы</translation>
  </message>
  <message>
    <source>Title</source>
    <translation>Заголовок</translation>
  </message>
  <message>
    <source>Title of the map, one line of at most 200 characters.</source>
    <translation>Заголовок карты, одна строка не длиннее 200 символов.</translation>
  </message>
  <message>
    <source>Tool</source>
    <translation>Инструмент</translation>
  </message>
  <message>
    <source>TopoJSON</source>
    <translation>TopoJSON</translation>
  </message>
  <message>
    <source>Towers and poles</source>
    <translation>Башни и опоры</translation>
  </message>
  <message>
    <source>Towns</source>
    <translation>Города</translation>
  </message>
  <message>
    <source>Tracks</source>
    <translation>Грунтовые дороги</translation>
  </message>
  <message>
    <source>Traffic</source>
    <translation>Транспорт</translation>
  </message>
  <message>
    <source>Traffic keeps</source>
    <translation>Движение по стороне</translation>
  </message>
  <message>
    <source>Train routes</source>
    <translation>Маршруты поездов</translation>
  </message>
  <message>
    <source>Trains, subways, trams and buses in the colours of their lines, with numbers, ends and stations, on a faded town.</source>
    <translation>Поезда, метро, трамваи и автобусы в цветах своих линий, с номерами, конечными и станциями, на бледном плане города.</translation>
  </message>
  <message>
    <source>Tram routes</source>
    <translation>Трамвайные маршруты</translation>
  </message>
  <message>
    <source>Tramways</source>
    <translation>Трамвайные пути</translation>
  </message>
  <message>
    <source>Tree rows</source>
    <translation>Ряды деревьев</translation>
  </message>
  <message>
    <source>Trees</source>
    <translation>Деревья</translation>
  </message>
  <message>
    <source>Trunk roads</source>
    <translation>Дороги между городами</translation>
  </message>
  <message>
    <source>USDZ</source>
    <translation>USDZ</translation>
  </message>
  <message>
    <source>Under construction</source>
    <translation>Строящиеся дороги</translation>
  </message>
  <message>
    <source>Used last</source>
    <translation>Недавние</translation>
  </message>
  <message>
    <source>VRML 2.0</source>
    <translation>VRML 2.0</translation>
  </message>
  <message>
    <source>Villages</source>
    <translation>Деревни</translation>
  </message>
  <message>
    <source>Walls</source>
    <translation>Стены</translation>
  </message>
  <message>
    <source>Walls and fences</source>
    <translation>Стены и ограды</translation>
  </message>
  <message>
    <source>Walls and hedges, areas</source>
    <translation>Стены и живые изгороди, площади</translation>
  </message>
  <message>
    <source>Warm and full, for every day: classes of roads by colour, greens, the shapes of houses.</source>
    <translation>Тёплый и полный, на каждый день: классы дорог цветом, зелень, очертания домов.</translation>
  </message>
  <message>
    <source>Warnings</source>
    <translation>Предупреждения</translation>
  </message>
  <message>
    <source>Water areas</source>
    <translation>Водоёмы</translation>
  </message>
  <message>
    <source>Waterways</source>
    <translation>Водотоки</translation>
  </message>
  <message>
    <source>Wavefront OBJ + MTL</source>
    <translation>Wavefront OBJ + MTL</translation>
  </message>
  <message>
    <source>WebP image</source>
    <translation>Изображение WebP</translation>
  </message>
  <message>
    <source>Weirs and lock gates</source>
    <translation>Водосливы и ворота шлюзов</translation>
  </message>
  <message>
    <source>Wetland</source>
    <translation>Болота</translation>
  </message>
  <message>
    <source>What</source>
    <translation>Что</translation>
  </message>
  <message>
    <source>What CAD layers are called: by the US National CAD Standard (V-BLDG-OTLN-E), in plain words (Buildings), or by ISO 13567 (G-BLDGOTE-E).</source>
    <translation>Имена слоёв САПР: по национальному стандарту США (V-BLDG-OTLN-E), обычными словами (Buildings) или по ISO 13567 (G-BLDGOTE-E).</translation>
  </message>
  <message>
    <source>What G-code moves: a laser (M4, power), or a pen that is lifted (Z).</source>
    <translation>Чем движет G-code: лазером (M4, мощность) или пером, которое поднимается (Z).</translation>
  </message>
  <message>
    <source>What stands beside the map on a paper, A4 where none is chosen: grid, letters and figures round it; legend, the classes that are drawn; index, streets, places and sights with their cells of the grid; miles, a second scale bar.</source>
    <translation>Что стоит рядом с картой на листе, A4, если лист не выбран: grid — буквы и цифры вокруг неё; legend — нарисованные классы; index — улицы, места и достопримечательности с их клетками сетки; miles — вторая шкала, в милях или футах.</translation>
  </message>
  <message>
    <source>What the map shows</source>
    <translation>Видимое на карте</translation>
  </message>
  <message>
    <source>What the map shows has no place on earth.</source>
    <translation>Видимое на карте не имеет места на Земле.</translation>
  </message>
  <message>
    <source>Where</source>
    <translation>Где</translation>
  </message>
  <message>
    <source>Wilderness huts</source>
    <translation>Хижины</translation>
  </message>
  <message>
    <source>Windows Metafile</source>
    <translation>Метафайл Windows (WMF)</translation>
  </message>
  <message>
    <source>Without the ground</source>
    <translation>Без фона</translation>
  </message>
  <message>
    <source>Word document (map + legend + table)</source>
    <translation>Документ Word (карта, легенда, таблица)</translation>
  </message>
  <message>
    <source>X3D</source>
    <translation>X3D</translation>
  </message>
  <message>
    <source>XYZ tile folder (PNG)</source>
    <translation>Папка тайлов XYZ (PNG)</translation>
  </message>
  <message>
    <source>Xfig drawing</source>
    <translation>Рисунок Xfig</translation>
  </message>
  <message>
    <source>Your own data over the map</source>
    <translation>Свои данные поверх карты</translation>
  </message>
  <message>
    <source>Your own data over the map: points with their names, lines, and areas as a tint below houses and streets. A file of GPX, GeoJSON, GeoPackage, KML or KMZ, or several with commas; in the API GeoJSON itself. Colours of simplestyle (stroke, fill, marker-color, title) and of KML are heeded.</source>
    <translation>Свои данные поверх карты: точки с подписями, линии и площади — тоном под домами и улицами. Файл GPX, GeoJSON, GeoPackage, KML или KMZ, или несколько через запятую; в API — сам GeoJSON. Цвета simplestyle (stroke, fill, marker-color, title) и KML учитываются.</translation>
  </message>
  <message>
    <source>Zip with the fonts</source>
    <translation>Архив со шрифтами</translation>
  </message>
  <message>
    <source>Zoos, viewpoints and memorials</source>
    <translation>Зоопарки, смотровые площадки и мемориалы</translation>
  </message>
  <message>
    <source>a simulator of GRBL</source>
    <translation>имитатор GRBL</translation>
  </message>
  <message>
    <source>after the data or the place</source>
    <translation>по данным или месту</translation>
  </message>
  <message>
    <source>cjio, json schema of CityJSON</source>
    <translation>cjio, схема JSON формата CityJSON</translation>
  </message>
  <message>
    <source>draw.io / diagrams.net</source>
    <translation>draw.io (diagrams.net)</translation>
  </message>
  <message>
    <source>glTF (JSON + bin)</source>
    <translation>glTF (JSON + bin)</translation>
  </message>
  <message>
    <source>ids with commas between, such as svg,gpkg</source>
    <translation>идентификаторы через запятую, например svg,gpkg</translation>
  </message>
  <message>
    <source>json, our own reader of answers</source>
    <translation>json, свой разбор ответов</translation>
  </message>
  <message>
    <source>lxml, draw.io (its viewer in Chromium)</source>
    <translation>lxml, draw.io (его просмотр в Chromium)</translation>
  </message>
  <message>
    <source>lxml, sqlite3; QGIS in another process</source>
    <translation>lxml, sqlite3; QGIS в другом процессе</translation>
  </message>
  <message>
    <source>lxml, with the rules of the schema</source>
    <translation>lxml, по правилам схемы</translation>
  </message>
  <message>
    <source>of the place</source>
    <translation>местный</translation>
  </message>
  <message>
    <source>our own reader, which knows the prompts of each command</source>
    <translation>свой разбор, который знает запросы каждой команды</translation>
  </message>
  <message>
    <source>own parser after ISO 8632-3, LibreOffice</source>
    <translation>свой разбор по ISO 8632-3, LibreOffice</translation>
  </message>
  <message>
    <source>own parser after MS-EMF, Inkscape</source>
    <translation>свой разбор по MS-EMF, Inkscape</translation>
  </message>
  <message>
    <source>own parser after MS-WMF, Inkscape, LibreOffice</source>
    <translation>свой разбор по MS-WMF, Inkscape, LibreOffice</translation>
  </message>
  <message>
    <source>own parser, libcdr (cmx2raw, cmx2xhtml), LibreOffice</source>
    <translation>свой разбор, libcdr (cmx2raw, cmx2xhtml), LibreOffice</translation>
  </message>
  <message>
    <source>own reader after Adobe's specification, Ghostscript, Poppler</source>
    <translation>свой разбор по описанию Adobe, Ghostscript, Poppler</translation>
  </message>
  <message>
    <source>own reader of .gdbtable</source>
    <translation>свой разбор .gdbtable</translation>
  </message>
  <message>
    <source>own reader of .tab, .dat, .map</source>
    <translation>свой разбор .tab, .dat, .map</translation>
  </message>
  <message>
    <source>own reader of the published format</source>
    <translation>свой разбор по опубликованному описанию</translation>
  </message>
  <message>
    <source>own text parser</source>
    <translation>свой разбор текста</translation>
  </message>
  <message>
    <source>pygltflib, pyproj, own rules</source>
    <translation>pygltflib, pyproj, свои правила</translation>
  </message>
  <message>
    <source>{0} and {1} more</source>
    <translation>{0} и ещё {1}</translation>
  </message>
  <message>
    <source>{0} is of no GeoPackage: its style is in the project alone.</source>
    <translation>Слой «{0}» не из GeoPackage: его стиль — только в проекте.</translation>
  </message>
  <message>
    <source>{0} is there already and stays: the new one gets a number.</source>
    <translation>{0} уже есть и останется: новый файл получит номер.</translation>
  </message>
  <message>
    <source>{0} km²</source>
    <translation>{0} км²</translation>
  </message>
  <message>
    <source>{0} min</source>
    <translation>{0} мин</translation>
  </message>
  <message>
    <source>{0} s</source>
    <translation>{0} с</translation>
  </message>
  <message>
    <source>{0}, in tunnels</source>
    <translation>{0}, в тоннелях</translation>
  </message>
  <message>
    <source>© OpenStreetMap contributors, found by Nominatim</source>
    <translation>© участники OpenStreetMap, найдено через Nominatim</translation>
  </message>
  <message>
    <source>“{0}”</source>
    <translation>«{0}»</translation>
  </message>
</context>
<context>
  <name>sentences</name>
  <message>
    <source> (did you mean {0}?)</source>
    <translation> (может быть, {0}?)</translation>
  </message>
  <message>
    <source>#RRGGBB or null</source>
    <translation>#RRGGBB или null</translation>
  </message>
  <message>
    <source>#RRGGBB; it is needed for the notice of the data's rights</source>
    <translation>#RRGGBB; этот цвет нужен для указания прав на данные</translation>
  </message>
  <message>
    <source>3D Tiles 1.1: open {0} in CesiumJS or another viewer; it has to lie on a web server. Heights are metres above the ground, which is taken to lie on the ellipsoid of WGS 84.</source>
    <translation>3D Tiles 1.1: откройте {0} в CesiumJS или другой программе просмотра; набор должен лежать на веб-сервере. Высоты — метры над землёй, которая считается лежащей на эллипсоиде WGS 84.</translation>
  </message>
  <message>
    <source>A CSV of points holds no lines and areas: {0} are left out.</source>
    <translation>CSV с точками не вмещает линий и площадей, пропущены: {0}.</translation>
  </message>
  <message>
    <source>A CSV of points holds points, and the chosen layers have none.</source>
    <translation>CSV с точками вмещает точки, а в выбранных слоях их нет.</translation>
  </message>
  <message>
    <source>A Garmin Custom Map holds {0} pictures of {1} x {1} pixels: this one has {2} DPI, not {3}.</source>
    <translation>Пользовательская карта Garmin вмещает {0} изображений по {1} x {1} пикселей: у этой {2} DPI, а не {3}.</translation>
  </message>
  <message>
    <source>A Garmin map has nothing for these layers: {0}.</source>
    <translation>На карте Garmin нет места для этих слоёв: {0}.</translation>
  </message>
  <message>
    <source>A chart made of OpenStreetMap is not for navigation: it shows no depths and no dangers.</source>
    <translation>Карта, сделанная из OpenStreetMap, не для навигации: на ней нет ни глубин, ни опасностей.</translation>
  </message>
  <message>
    <source>A coordinate is the text {0}, not a number.</source>
    <translation>Координата — текст {0}, а не число.</translation>
  </message>
  <message>
    <source>A landscape of Unreal Engine or Unity is as high as {0} m where the image is white.</source>
    <translation>Ландшафт в Unreal Engine или Unity там, где картинка белая, имеет высоту {0} м.</translation>
  </message>
  <message>
    <source>A model of {0} x {1} tiles, each a closed body in millimetres, at {2}: print each by itself, and lay them side by side. ROW-COLUMN counts from the north west:</source>
    <translation>Модель из {0} x {1} частей, каждая — замкнутое тело в миллиметрах, в масштабе {2}: напечатайте их по отдельности и сложите рядом. РЯД-СТОЛБЕЦ считаются с северо-запада:</translation>
  </message>
  <message>
    <source>A network for SUMO as plain XML. {0} makes {1} of it, which sumo, sumo-gui and duarouter open.</source>
    <translation>Сеть для SUMO в простом XML. Команда {0} делает из неё {1}, который открывают sumo, sumo-gui и duarouter.</translation>
  </message>
  <message>
    <source>A page of Word is at most {0} mm long: the map is shown at 1:{1}.</source>
    <translation>Страница Word не длиннее {0} мм: карта показана в масштабе 1:{1}.</translation>
  </message>
  <message>
    <source>A page of more than {0} objects would be slow: it is without {1}; choose fewer layers, or PMTiles with the option web_map.</source>
    <translation>Страница, где больше {0} объектов, была бы медленной: в ней нет {1}; выберите меньше слоёв или PMTiles с опцией web_map.</translation>
  </message>
  <message>
    <source>A picture needs a projected CRS in metres, and {0} counts in degrees; leave CRS empty or choose a projected one such as EPSG:3857.</source>
    <translation>Картинке нужна система координат в метрах, а {0} считает в градусах; оставьте поле пустым или выберите спроецированную, например EPSG:3857.</translation>
  </message>
  <message>
    <source>A picture of {0} x {1} mm at {2} DPI has {3} megapixels and needs {4} GB; at most {5} DPI fits.</source>
    <translation>Картинка {0} × {1} мм при {2} точках на дюйм — это {3} мегапикселей и {4} ГБ памяти; помещается не более {5} точек на дюйм.</translation>
  </message>
  <message>
    <source>A polygon of the geometry has no ring.</source>
    <translation>У одного из полигонов области нет ни одного кольца.</translation>
  </message>
  <message>
    <source>A ring of the geometry does not end where it begins.</source>
    <translation>Кольцо геометрии не заканчивается там, где началось.</translation>
  </message>
  <message>
    <source>A ring of the geometry needs four points or more.</source>
    <translation>В кольце полигона должно быть не меньше четырёх точек.</translation>
  </message>
  <message>
    <source>A slide is {0} to {1} mm wide and high, not {2} x {3}; choose another page or scale.</source>
    <translation>Слайд имеет ширину и высоту от {0} до {1} мм, а не {2} x {3}; выберите другую страницу или масштаб.</translation>
  </message>
  <message>
    <source>A slide of {0} shapes would take minutes to open: those that look alike are together.</source>
    <translation>Слайд из {0} фигур открывался бы минуты: одинаковые на вид объединены.</translation>
  </message>
  <message>
    <source>A spreadsheet holds {0} rows: the rest of {1} is left out.</source>
    <translation>В электронной таблице не больше {0} строк: остальное из слоя «{1}» пропущено.</translation>
  </message>
  <message>
    <source>A street network is made of OpenStreetMap's data, not of other layers.</source>
    <translation>Сеть улиц строится из данных OpenStreetMap, а не из других слоёв.</translation>
  </message>
  <message>
    <source>A street network needs the layer roads or paths; choose one of them.</source>
    <translation>Для сети улиц нужен слой roads или paths; выберите один из них.</translation>
  </message>
  <message>
    <source>A tile could not be written: {0}.</source>
    <translation>Не удалось записать тайл: {0}.</translation>
  </message>
  <message>
    <source>Always in Web Mercator (EPSG:3857): {0}.</source>
    <translation>Всегда в веб-Меркаторе (EPSG:3857): {0}.</translation>
  </message>
  <message>
    <source>Always in World Mercator (EPSG:3395): {0}.</source>
    <translation>Всегда в проекции World Mercator (EPSG:3395): {0}.</translation>
  </message>
  <message>
    <source>Always in longitude and latitude: {0}.</source>
    <translation>Всегда в долготе и широте: {0}.</translation>
  </message>
  <message>
    <source>Always in metres round the middle of the area: {0}.</source>
    <translation>Всегда в метрах от середины области: {0}.</translation>
  </message>
  <message>
    <source>Always in the UTM zone of the area's middle: {0}.</source>
    <translation>Всегда в зоне UTM середины области: {0}.</translation>
  </message>
  <message>
    <source>An ESRI ASCII grid holds no CRS: this one is in {0}, heights in {1} above the ground.</source>
    <translation>Растр ESRI ASCII не хранит систему координат: этот — в {0}, высоты в {1} над землёй.</translation>
  </message>
  <message>
    <source>An ESRI ASCII grid holds no notice: where it is used, say {0}.</source>
    <translation>Растр ESRI ASCII не хранит указание на источник: где он используется, укажите {0}.</translation>
  </message>
  <message>
    <source>An ESRI File Geodatabase, a feature class per layer.</source>
    <translation>Файловая база геоданных ESRI, класс объектов на каждый слой.</translation>
  </message>
  <message>
    <source>An Overpass answer could not be merged; try again.</source>
    <translation>Ответ Overpass не удалось объединить с остальными; повторите попытку.</translation>
  </message>
  <message>
    <source>Aprons</source>
    <translation>Перроны</translation>
  </message>
  <message>
    <source>Areas that are there as far as their edge closes: {0}.</source>
    <translation>Площади, которые есть лишь настолько, насколько замкнут их контур: {0}.</translation>
  </message>
  <message>
    <source>Areas that were not valid and are mended: {0}.</source>
    <translation>Площади с ошибками, которые исправлены: {0}.</translation>
  </message>
  <message>
    <source>Areas whose edge {0} does not hold whole, or which does not close, are missing or incomplete: {1}; take a larger extract, or newer data.</source>
    <translation>Площади, контур которых есть в {0} не целиком или не замкнут, отсутствуют или неполны: {1}; возьмите более крупный экстракт или более новые данные.</translation>
  </message>
  <message>
    <source>As pictures, not as objects, come {0} of the {1} layers of a page: {2}.</source>
    <translation>Картинками, а не объектами, будут слои страницы ({0} из {1}): {2}.</translation>
  </message>
  <message>
    <source>At 1:{0} the area is {1} x {2} mm and does not fit the {3} x {4} mm of the map on {5}; 1:{6} does, or leave the page out.</source>
    <translation>В масштабе 1:{0} область занимает {1} × {2} мм и не помещается в рамку карты {3} × {4} мм на листе {5}; помещается при 1:{6}, либо не указывайте лист.</translation>
  </message>
  <message>
    <source>At 1:{0} the sheet shows more than {1} can; choose a larger scale or another CRS.</source>
    <translation>В масштабе 1:{0} лист показывает больше, чем может {1}; выберите масштаб крупнее или другую систему координат.</translation>
  </message>
  <message>
    <source>At 1:{0} {1} shows {2} km2; at most {3} km2 is allowed: choose a larger scale, a smaller page, or leave the page out.</source>
    <translation>В масштабе 1:{0} лист {1} показывает {2} км²; допустимо не более {3} км²: выберите масштаб крупнее, лист меньше или не указывайте лист.</translation>
  </message>
  <message>
    <source>Authorities</source>
    <translation>Органы власти</translation>
  </message>
  <message>
    <source>BMP could not be written: {0}.</source>
    <translation>Не удалось записать BMP: {0}.</translation>
  </message>
  <message>
    <source>Beaches</source>
    <translation>Пляжи</translation>
  </message>
  <message>
    <source>Bridges</source>
    <translation>Мосты</translation>
  </message>
  <message>
    <source>Building</source>
    <translation>Здание</translation>
  </message>
  <message>
    <source>Buildings</source>
    <translation>Здания</translation>
  </message>
  <message>
    <source>Buildings that are too small for the cells and in none of them: {0}.</source>
    <translation>Зданий меньше ячейки, не попавших ни в одну: {0}.</translation>
  </message>
  <message>
    <source>CAD formats need coordinates in metres, and {0} counts in degrees: give a projected CRS, or leave it out.</source>
    <translation>Форматам САПР нужны координаты в метрах, а {0} считает в градусах: задайте спроецированную систему координат или не задавайте никакой.</translation>
  </message>
  <message>
    <source>CRS</source>
    <translation>Система координат</translation>
  </message>
  <message>
    <source>CRS: {0}</source>
    <translation>Система координат: {0}</translation>
  </message>
  <message>
    <source>Capitals</source>
    <translation>Столицы</translation>
  </message>
  <message>
    <source>Car parks</source>
    <translation>Автостоянки</translation>
  </message>
  <message>
    <source>Cemeteries</source>
    <translation>Кладбища</translation>
  </message>
  <message>
    <source>Cities</source>
    <translation>Крупные города</translation>
  </message>
  <message>
    <source>Cloud Optimized GeoTIFF came out in another order.</source>
    <translation>Cloud Optimized GeoTIFF записан не в том порядке.</translation>
  </message>
  <message>
    <source>Colours of buildings that nobody can read, left aside: {0}.</source>
    <translation>Не учтены нечитаемые цвета зданий: {0}.</translation>
  </message>
  <message>
    <source>CorelDRAW does not open again: {0}.</source>
    <translation>Файл CorelDRAW не открывается: {0}.</translation>
  </message>
  <message>
    <source>CorelDRAW holds {0} of {1} objects, or other layers.</source>
    <translation>В файле CorelDRAW {0} из {1} объектов или другие слои.</translation>
  </message>
  <message>
    <source>Country borders</source>
    <translation>Государственные границы</translation>
  </message>
  <message>
    <source>Culture</source>
    <translation>Культура</translation>
  </message>
  <message>
    <source>Cycleways</source>
    <translation>Велодорожки</translation>
  </message>
  <message>
    <source>DGN does not open again: {0}.</source>
    <translation>Файл DGN не открывается: {0}.</translation>
  </message>
  <message>
    <source>DGN holds {0} of {1} objects.</source>
    <translation>В файле DGN {0} из {1} объектов.</translation>
  </message>
  <message>
    <source>DST has not all stitches that were written to it.</source>
    <translation>В DST не все стежки, что были записаны.</translation>
  </message>
  <message>
    <source>DST holds no colours; the threads are, in this order: {0}.</source>
    <translation>DST не хранит цветов; нити по порядку: {0}.</translation>
  </message>
  <message>
    <source>DWG does not open again: {0}.</source>
    <translation>Файл DWG не открывается: {0}.</translation>
  </message>
  <message>
    <source>DXF does not open again: {0}.</source>
    <translation>Файл DXF не открывается: {0}.</translation>
  </message>
  <message>
    <source>DXF has not all lines that were written to it.</source>
    <translation>В DXF не все линии, что были записаны.</translation>
  </message>
  <message>
    <source>DXF holds {0} of {1} objects on the layer {2}.</source>
    <translation>В файле DXF {0} из {1} объектов слоя {2}.</translation>
  </message>
  <message>
    <source>Data of</source>
    <translation>Данные от</translation>
  </message>
  <message>
    <source>District borders</source>
    <translation>Границы районов</translation>
  </message>
  <message>
    <source>Drag to rotate the map, click to reset north</source>
    <translation>Тяните, чтобы повернуть карту; щелчок — север сверху</translation>
  </message>
  <message>
    <source>Drag to turn, right button to move, wheel to zoom.</source>
    <translation>Тяните, чтобы повернуть, правой кнопкой — сдвинуть, колесом — приблизить.</translation>
  </message>
  <message>
    <source>EMF does not open again: {0}.</source>
    <translation>EMF не открывается повторно: {0}.</translation>
  </message>
  <message>
    <source>EMF holds {0} of {1} names.</source>
    <translation>EMF содержит {0} названий из {1}.</translation>
  </message>
  <message>
    <source>EMF holds {0} of {1} objects, or other layers.</source>
    <translation>EMF содержит {0} объектов из {1} или другие слои.</translation>
  </message>
  <message>
    <source>Each layer of the map as a picture of {0} x {1} pixels ({2} DPI), transparent where it shows nothing; laid over each other in the order of their numbers, the lowest first, they are all.png:</source>
    <translation>Каждый слой карты — картинка {0} x {1} пикселей ({2} DPI), прозрачная там, где слоя нет; положенные друг на друга по порядку номеров, начиная с наименьшего, они дают all.png:</translation>
  </message>
  <message>
    <source>East</source>
    <translation>Восток</translation>
  </message>
  <message>
    <source>Ends of lines</source>
    <translation>Конечные остановки</translation>
  </message>
  <message>
    <source>Excel holds {0} rows: the rest of {1} is left out.</source>
    <translation>Excel вмещает {0} строк: остальное из слоя «{1}» не записано.</translation>
  </message>
  <message>
    <source>Excel workbook could not be written: {0}.</source>
    <translation>Не удалось записать Excel workbook: {0}.</translation>
  </message>
  <message>
    <source>Farmland</source>
    <translation>Пашни</translation>
  </message>
  <message>
    <source>Ferries</source>
    <translation>Паромы</translation>
  </message>
  <message>
    <source>Fonts of this machine are not embedded, as their licence is not known: {0}.</source>
    <translation>Шрифты этого компьютера не встроены: их лицензия неизвестна ({0}).</translation>
  </message>
  <message>
    <source>Food and drink</source>
    <translation>Кафе и рестораны</translation>
  </message>
  <message>
    <source>Footpaths</source>
    <translation>Пешеходные дорожки</translation>
  </message>
  <message>
    <source>Footprints of buildings without an area, left out: {0}.</source>
    <translation>Пропущены основания зданий без площади: {0}.</translation>
  </message>
  <message>
    <source>Forest</source>
    <translation>Лес</translation>
  </message>
  <message>
    <source>From above</source>
    <translation>Сверху</translation>
  </message>
  <message>
    <source>GLB is not whole.</source>
    <translation>Файл GLB записан не целиком.</translation>
  </message>
  <message>
    <source>GML 3.2.1, a feature type per layer, coordinates in the order of the CRS.</source>
    <translation>GML 3.2.1, тип объектов на каждый слой, координаты в порядке осей системы координат.</translation>
  </message>
  <message>
    <source>GPX does not open again: {0}.</source>
    <translation>Файл GPX не открывается: {0}.</translation>
  </message>
  <message>
    <source>GPX holds no areas: {0} are left out.</source>
    <translation>GPX не хранит площади, не записано: {0}.</translation>
  </message>
  <message>
    <source>GPX holds points and lines, and the chosen layers have neither.</source>
    <translation>GPX хранит точки и линии, а в выбранных слоях нет ни тех, ни других.</translation>
  </message>
  <message>
    <source>GPX holds {0} of {1} objects.</source>
    <translation>В файле GPX {0} из {1} объектов.</translation>
  </message>
  <message>
    <source>GeoJSON Lines do not hold what was written to them.</source>
    <translation>В файле GeoJSON Lines не то, что было записано.</translation>
  </message>
  <message>
    <source>GeoJSON Lines do not parse again.</source>
    <translation>Файл GeoJSON Lines не читается.</translation>
  </message>
  <message>
    <source>GeoJSON does not hold what was written to it.</source>
    <translation>В файле GeoJSON не то, что было записано.</translation>
  </message>
  <message>
    <source>GeoJSON does not parse again.</source>
    <translation>Файл GeoJSON не читается.</translation>
  </message>
  <message>
    <source>GeoPDF does not know where it lies.</source>
    <translation>В файле GeoPDF нет привязки к местности.</translation>
  </message>
  <message>
    <source>GeoPackage could not be written: {0}.</source>
    <translation>Не удалось записать GeoPackage: {0}.</translation>
  </message>
  <message>
    <source>GeoTIFF could not be written: {0}.</source>
    <translation>Не удалось записать GeoTIFF: {0}.</translation>
  </message>
  <message>
    <source>Give an extent: the canvas's own, or xmin,xmax,ymin,ymax [EPSG:n].</source>
    <translation>Укажите охват: тот, что на экране, или xmin,xmax,ymin,ymax [EPSG:n].</translation>
  </message>
  <message>
    <source>Give the area either as a box or as polygons.</source>
    <translation>Задайте область либо прямоугольником, либо полигонами.</translation>
  </message>
  <message>
    <source>Glaciers</source>
    <translation>Ледники</translation>
  </message>
  <message>
    <source>GraphML has not all nodes and edges.</source>
    <translation>В файле GraphML не все узлы и рёбра.</translation>
  </message>
  <message>
    <source>GraphML is not whole.</source>
    <translation>Файл GraphML записан не целиком.</translation>
  </message>
  <message>
    <source>Green</source>
    <translation>Зелень</translation>
  </message>
  <message>
    <source>Ground</source>
    <translation>Земля</translation>
  </message>
  <message>
    <source>Hamlets</source>
    <translation>Малые деревни</translation>
  </message>
  <message>
    <source>Health</source>
    <translation>Медицина</translation>
  </message>
  <message>
    <source>Hedges</source>
    <translation>Живые изгороди</translation>
  </message>
  <message>
    <source>Height</source>
    <translation>Высота</translation>
  </message>
  <message>
    <source>Heights that no building has, left aside: {0}.</source>
    <translation>Не учтены высоты, каких у зданий не бывает: {0}.</translation>
  </message>
  <message>
    <source>Helipads</source>
    <translation>Вертолётные площадки</translation>
  </message>
  <message>
    <source>Hotels</source>
    <translation>Гостиницы</translation>
  </message>
  <message>
    <source>INPUT holds no layer of OpenStreetMap data, such as roads or buildings; give layers that were loaded by this plugin, or the GeoPackage of an export.</source>
    <translation>В выбранном нет слоёв с данными OpenStreetMap, таких как дороги или здания; выберите слои, загруженные этим модулем, или GeoPackage экспорта.</translation>
  </message>
  <message>
    <source>In the hoop of {0} mm the map is 1:{1}.</source>
    <translation>В пяльцах {0} мм масштаб карты 1:{1}.</translation>
  </message>
  <message>
    <source>In the style {0}: {1}.</source>
    <translation>В стиле {0}: {1}.</translation>
  </message>
  <message>
    <source>Industry and trade</source>
    <translation>Промышленность и торговля</translation>
  </message>
  <message>
    <source>Institutions</source>
    <translation>Учреждения</translation>
  </message>
  <message>
    <source>JSON in place of OSM XML</source>
    <translation>JSON вместо OSM XML</translation>
  </message>
  <message>
    <source>KML could not be written: {0}.</source>
    <translation>Не удалось записать KML: {0}.</translation>
  </message>
  <message>
    <source>KML could not hold an object of the layer {0}.</source>
    <translation>Объект слоя {0} не удалось записать в KML.</translation>
  </message>
  <message>
    <source>KMZ does not open again.</source>
    <translation>Файл KMZ не открывается.</translation>
  </message>
  <message>
    <source>KMZ is not whole.</source>
    <translation>Файл KMZ записан не целиком.</translation>
  </message>
  <message>
    <source>Kind</source>
    <translation>Вид</translation>
  </message>
  <message>
    <source>Lakes and rivers</source>
    <translation>Озёра и реки</translation>
  </message>
  <message>
    <source>LandXML does not open again: {0}.</source>
    <translation>Файл LandXML не открывается: {0}.</translation>
  </message>
  <message>
    <source>Landmarks</source>
    <translation>Ориентиры</translation>
  </message>
  <message>
    <source>Latitude</source>
    <translation>Широта</translation>
  </message>
  <message>
    <source>Layer</source>
    <translation>Слой</translation>
  </message>
  <message>
    <source>Layers</source>
    <translation>Слои</translation>
  </message>
  <message>
    <source>Layers of one's own come without the overlay; give its file as one of them.</source>
    <translation>Слои пользователя выводятся без своих данных поверх карты; добавьте их файл к слоям.</translation>
  </message>
  <message>
    <source>Leaflet, OpenLayers, MapLibre or QGIS (XYZ Tiles)</source>
    <translation>Leaflet, OpenLayers, MapLibre или QGIS (XYZ Tiles)</translation>
  </message>
  <message>
    <source>Left out, since no layer has what they are: {0}.</source>
    <translation>Пропущено, так как для них нет слоя: {0}.</translation>
  </message>
  <message>
    <source>Left out, since only a finer detail level shows them: {0}.</source>
    <translation>Пропущено, так как их показывает лишь более подробный уровень: {0}.</translation>
  </message>
  <message>
    <source>Left out, since the edge of these areas does not close: {0}.</source>
    <translation>Пропущены площади, контур которых не замкнут: {0}.</translation>
  </message>
  <message>
    <source>Left out, since the source has no two nodes of these ways: {0}.</source>
    <translation>Пропущены линии, от которых в источнике нет и двух точек: {0}.</translation>
  </message>
  <message>
    <source>Left out, since the source lacks ways of these areas: {0}.</source>
    <translation>Пропущены площади, части контура которых нет в источнике: {0}.</translation>
  </message>
  <message>
    <source>Left out, since these relations have no shape of their own: {0}.</source>
    <translation>Пропущены отношения, у которых нет собственной формы: {0}.</translation>
  </message>
  <message>
    <source>Left out, since they are incomplete and have no shape: {0}.</source>
    <translation>Пропущено, так как они неполны и не имеют формы: {0}.</translation>
  </message>
  <message>
    <source>Left out, since they are too small for the detail level or the page: {0}.</source>
    <translation>Пропущено, так как они слишком малы для уровня детализации или листа: {0}.</translation>
  </message>
  <message>
    <source>Left out, since they belong to none of the chosen layers: {0}.</source>
    <translation>Пропущено, так как они не входят ни в один из выбранных слоёв: {0}.</translation>
  </message>
  <message>
    <source>Legend</source>
    <translation>Условные знаки</translation>
  </message>
  <message>
    <source>Legend and index have room for all but {0} lines, of which the least important are left out; choose a larger page or a smaller area.</source>
    <translation>В условных знаках и указателе не хватило места для {0} строк, наименее важные пропущены; выберите лист больше или область меньше.</translation>
  </message>
  <message>
    <source>Leisure</source>
    <translation>Отдых</translation>
  </message>
  <message>
    <source>Levels</source>
    <translation>Этажей</translation>
  </message>
  <message>
    <source>LibreOffice takes long to open a drawing of {0} objects; choose a smaller area or less detail.</source>
    <translation>LibreOffice долго открывает рисунок из {0} объектов; выберите меньшую область или меньше деталей.</translation>
  </message>
  <message>
    <source>Light</source>
    <translation>Свет</translation>
  </message>
  <message>
    <source>Lines shorter than {0} mm, which cannot be sewn, are left out: {1}.</source>
    <translation>Опущены линии короче {0} мм, которые нельзя вышить: {1}.</translation>
  </message>
  <message>
    <source>Living streets</source>
    <translation>Жилые улицы</translation>
  </message>
  <message>
    <source>Longitude</source>
    <translation>Долгота</translation>
  </message>
  <message>
    <source>Map</source>
    <translation>Карта</translation>
  </message>
  <message>
    <source>Map tiles of {0} x {0} pixels</source>
    <translation>Тайлы карты {0} x {0} пикселей</translation>
  </message>
  <message>
    <source>MapLibre, OpenLayers, Leaflet's VectorGrid or QGIS (Vector Tiles)</source>
    <translation>MapLibre, OpenLayers, VectorGrid для Leaflet или QGIS (векторные тайлы)</translation>
  </message>
  <message>
    <source>Marinas</source>
    <translation>Яхтенные гавани</translation>
  </message>
  <message>
    <source>Meadows</source>
    <translation>Луга</translation>
  </message>
  <message>
    <source>Minor roads</source>
    <translation>Прочие улицы</translation>
  </message>
  <message>
    <source>Motorways</source>
    <translation>Автомагистрали</translation>
  </message>
  <message>
    <source>Municipal borders</source>
    <translation>Границы муниципалитетов</translation>
  </message>
  <message>
    <source>Names that were cut: {0}.</source>
    <translation>Сокращённые имена: {0}.</translation>
  </message>
  <message>
    <source>Names with capitals of less than {0} mm, too small to be sewn, are left out: {1}.</source>
    <translation>Опущены названия с прописными буквами ниже {0} мм, слишком мелкие для вышивки: {1}.</translation>
  </message>
  <message>
    <source>Nature and views</source>
    <translation>Природа и виды</translation>
  </message>
  <message>
    <source>No font on this machine has the letters of {0} names ({1}): {2} are shown in Latin letters, {3} are left out; install one, on Debian the package {4}.</source>
    <translation>Ни в одном шрифте на этом компьютере нет букв для {0} названий ({1}): латиницей показано {2}, пропущено {3}; установите шрифт, в Debian это пакет {4}.</translation>
  </message>
  <message>
    <source>No format is named; give one or more, such as svg,gpkg.</source>
    <translation>Не выбран ни один формат; выберите один или несколько, например svg, gpkg.</translation>
  </message>
  <message>
    <source>No layer of the project is visible; tick some, or name them.</source>
    <translation>Ни один слой проекта не виден: включите нужные или назовите их.</translation>
  </message>
  <message>
    <source>No line of the map is long enough to be sewn in this hoop.</source>
    <translation>Ни одна линия карты не достаточно длинна, чтобы вышить её в этих пяльцах.</translation>
  </message>
  <message>
    <source>Nodes of {0} without usable coordinates are left out: {1}; correct them in the source.</source>
    <translation>Узлы файла {0} без пригодных координат пропущены: {1}; исправьте их в источнике.</translation>
  </message>
  <message>
    <source>None of the layers can be read.</source>
    <translation>Ни один из слоёв не читается.</translation>
  </message>
  <message>
    <source>None of the layers has features, which data are made of.</source>
    <translation>Ни в одном слое нет объектов, из которых состоят данные.</translation>
  </message>
  <message>
    <source>North</source>
    <translation>Север</translation>
  </message>
  <message>
    <source>Nothing in this area has a name in the language {0}; the local names stand.</source>
    <translation>Ни у чего на этой территории нет названия на языке {0}; остаются местные названия.</translation>
  </message>
  <message>
    <source>Nothing more can be written to {0}: {1}.</source>
    <translation>В {0} больше нельзя записать: {1}.</translation>
  </message>
  <message>
    <source>Nothing of the area is thick enough to be printed at this size.</source>
    <translation>При таком размере на местности нет ничего достаточно толстого для печати.</translation>
  </message>
  <message>
    <source>OBJ: one object for each layer, one material for each kind of surface; open {0}.</source>
    <translation>OBJ: объект на каждый слой, материал на каждый вид поверхности; откройте {0}.</translation>
  </message>
  <message>
    <source>Objects</source>
    <translation>Объектов</translation>
  </message>
  <message>
    <source>Objects of the layer {0} that have no size, or lie where no page reaches, cannot be drawn: {1}.</source>
    <translation>В слое {0} нельзя нарисовать объекты без размера или слишком далёкие от листа: {1}.</translation>
  </message>
  <message>
    <source>Objects that are cut at the edge of the area: {0}.</source>
    <translation>Объекты, обрезанные по краю области: {0}.</translation>
  </message>
  <message>
    <source>Objects that come without their shape in {0} are points: {1}; ask for them with 'out geom' to have them whole.</source>
    <translation>Объекты без формы в {0} стали точками: {1}; чтобы получить их целиком, запросите их с 'out geom'.</translation>
  </message>
  <message>
    <source>Objects that {0} marks as deleted are left out: {1}.</source>
    <translation>Пропущены объекты, помеченные в {0} как удалённые: {1}.</translation>
  </message>
  <message>
    <source>Objects with tags in what was read: {0} (nodes: {1}, ways: {2}, relations: {3}); in tables: {4}.</source>
    <translation>Прочитано объектов с тегами: {0} (точек: {1}, линий: {2}, отношений: {3}); в таблицах: {4}.</translation>
  </message>
  <message>
    <source>One CSV file per layer, UTF-8, comma-separated, geometry in the column {0}.</source>
    <translation>Файл CSV на каждый слой, UTF-8, через запятую, геометрия в столбце {0}.</translation>
  </message>
  <message>
    <source>One FlatGeobuf file per layer, with spatial index.</source>
    <translation>Файл FlatGeobuf на каждый слой, с пространственным индексом.</translation>
  </message>
  <message>
    <source>One GeoParquet 1.1 file per layer, rows along a Hilbert curve, packed by zstd.</source>
    <translation>Файл GeoParquet 1.1 на каждый слой, строки вдоль кривой Гильберта, сжатие zstd.</translation>
  </message>
  <message>
    <source>One shapefile per layer. dBASE cuts names to ten characters and texts to 254 bytes.</source>
    <translation>Шейп-файл на каждый слой. dBASE сокращает имена до десяти символов, а тексты — до 254 байт.</translation>
  </message>
  <message>
    <source>One {0} table per layer, each in the code page of its letters ({1}). Texts have 254 bytes at most.</source>
    <translation>Таблица {0} на каждый слой, каждая в кодовой странице своих букв ({1}). В текстах не больше 254 байт.</translation>
  </message>
  <message>
    <source>Open {0} in OziExplorer, or in another program that knows its maps; it looks for {1} beside it. The map is in UTM zone {2} on WGS 84; texts of the .map file are in the code page {3}.</source>
    <translation>Откройте {0} в OziExplorer или в другой программе, которая знает его карты; картинка {1} должна лежать рядом. Карта в зоне UTM {2} на WGS 84; тексты файла .map — в кодовой странице {3}.</translation>
  </message>
  <message>
    <source>OpenDRIVE has not all roads and junctions.</source>
    <translation>В файле OpenDRIVE не все дороги и перекрёстки.</translation>
  </message>
  <message>
    <source>OpenDRIVE is not whole.</source>
    <translation>Файл OpenDRIVE записан не целиком.</translation>
  </message>
  <message>
    <source>OpenDocument has one gap for all dashes of a line: {0} kinds of dashes are a little otherwise.</source>
    <translation>В OpenDocument у всех штрихов линии один промежуток: видов штриха, переданных неточно: {0}.</translation>
  </message>
  <message>
    <source>OpenStreetMap's own formats are made of its data, not of other layers.</source>
    <translation>Форматы самого OpenStreetMap делаются из его данных, а не из других слоёв.</translation>
  </message>
  <message>
    <source>Overlay</source>
    <translation>Свои данные</translation>
  </message>
  <message>
    <source>PDF has a page of the wrong size.</source>
    <translation>В файле PDF лист не того размера.</translation>
  </message>
  <message>
    <source>PDF holds {0} of {1} layers.</source>
    <translation>В файле PDF {0} из {1} слоёв.</translation>
  </message>
  <message>
    <source>PDF holds {0} of {1} lines of text.</source>
    <translation>В файле PDF {0} из {1} строк текста.</translation>
  </message>
  <message>
    <source>PDF is not whole.</source>
    <translation>Файл PDF записан не целиком.</translation>
  </message>
  <message>
    <source>PDF/A does not say that it is one.</source>
    <translation>В PDF/A не указано, что это PDF/A.</translation>
  </message>
  <message>
    <source>PDF/X does not say that it is one.</source>
    <translation>В PDF/X не указано, что это PDF/X.</translation>
  </message>
  <message>
    <source>PES has not all stitches that were written to it.</source>
    <translation>В PES не все стежки, что были записаны.</translation>
  </message>
  <message>
    <source>PMTiles came out without some of its tiles.</source>
    <translation>В файле PMTiles не хватает тайлов.</translation>
  </message>
  <message>
    <source>PMTiles does not open again.</source>
    <translation>Файл PMTiles не открывается.</translation>
  </message>
  <message>
    <source>PNG could not be written: {0}.</source>
    <translation>Не удалось записать PNG: {0}.</translation>
  </message>
  <message>
    <source>Pages are numbers such as 1,3-4; leave it empty for all.</source>
    <translation>Страницы — это номера, например 1,3-4; пусто значит все.</translation>
  </message>
  <message>
    <source>Parks</source>
    <translation>Парки</translation>
  </message>
  <message>
    <source>Parts thinner than {0} mm: {1} widened, {2} made as low as what is beside them, {3} left out.</source>
    <translation>Частей тоньше {0} мм: расширено — {1}, опущено до высоты соседних — {2}, пропущено — {3}.</translation>
  </message>
  <message>
    <source>Pedestrian streets</source>
    <translation>Пешеходные улицы</translation>
  </message>
  <message>
    <source>Pictures and artwork show the rectangle round the area; data and tiles end at its edge.</source>
    <translation>Изображения и рисунки показывают прямоугольник вокруг области; данные и тайлы кончаются на её границе.</translation>
  </message>
  <message>
    <source>Piers</source>
    <translation>Причалы</translation>
  </message>
  <message>
    <source>Piers and dams</source>
    <translation>Пирсы и плотины</translation>
  </message>
  <message>
    <source>Pipelines</source>
    <translation>Трубопроводы</translation>
  </message>
  <message>
    <source>Pitches</source>
    <translation>Спортивные площадки</translation>
  </message>
  <message>
    <source>Places</source>
    <translation>Населённые места</translation>
  </message>
  <message>
    <source>Places of worship</source>
    <translation>Храмы</translation>
  </message>
  <message>
    <source>Platforms</source>
    <translation>Платформы</translation>
  </message>
  <message>
    <source>Pools</source>
    <translation>Бассейны</translation>
  </message>
  <message>
    <source>Power lines</source>
    <translation>Линии электропередачи</translation>
  </message>
  <message>
    <source>Primary roads</source>
    <translation>Главные дороги</translation>
  </message>
  <message>
    <source>Protected areas</source>
    <translation>Охраняемые территории</translation>
  </message>
  <message>
    <source>QGIS could not open the table {0} of the map's data; where the process has as many files open as it may, 'ulimit -n 8192' before it lets it have more.</source>
    <translation>QGIS не смог открыть таблицу {0} с данными карты; если у процесса открыто столько файлов, сколько ему можно, команда «ulimit -n 8192» перед запуском разрешит больше.</translation>
  </message>
  <message>
    <source>REQUEST cannot be read: {0}.</source>
    <translation>REQUEST не читается: {0}.</translation>
  </message>
  <message>
    <source>REQUEST is not a request that osm2cdr wrote down.</source>
    <translation>REQUEST — не запрос, записанный osm2cdr.</translation>
  </message>
  <message>
    <source>Rail tunnels</source>
    <translation>Железнодорожные тоннели</translation>
  </message>
  <message>
    <source>Railways</source>
    <translation>Железные дороги</translation>
  </message>
  <message>
    <source>Regional borders</source>
    <translation>Границы областей</translation>
  </message>
  <message>
    <source>Regional capitals</source>
    <translation>Столицы регионов</translation>
  </message>
  <message>
    <source>Residential areas</source>
    <translation>Жилая застройка</translation>
  </message>
  <message>
    <source>Rivers</source>
    <translation>Реки</translation>
  </message>
  <message>
    <source>Road tunnels</source>
    <translation>Автомобильные тоннели</translation>
  </message>
  <message>
    <source>Roads</source>
    <translation>Дороги</translation>
  </message>
  <message>
    <source>Rock</source>
    <translation>Скалы</translation>
  </message>
  <message>
    <source>Roofs</source>
    <translation>Крыши</translation>
  </message>
  <message>
    <source>Roofs {0}</source>
    <translation>Крыши {0}</translation>
  </message>
  <message>
    <source>Ropeways</source>
    <translation>Канатные дороги</translation>
  </message>
  <message>
    <source>Rows of trees</source>
    <translation>Ряды деревьев</translation>
  </message>
  <message>
    <source>Running tracks</source>
    <translation>Беговые дорожки</translation>
  </message>
  <message>
    <source>Runways</source>
    <translation>Взлётные полосы</translation>
  </message>
  <message>
    <source>STL came out with an open edge.</source>
    <translation>В файле STL есть незамкнутое ребро.</translation>
  </message>
  <message>
    <source>STL is not whole.</source>
    <translation>Файл STL записан не целиком.</translation>
  </message>
  <message>
    <source>SUMO's files are not whole.</source>
    <translation>Файлы SUMO записаны не целиком.</translation>
  </message>
  <message>
    <source>SUMO's files have not all nodes and edges.</source>
    <translation>В файлах SUMO не все узлы и рёбра.</translation>
  </message>
  <message>
    <source>SVG does not open again: {0}.</source>
    <translation>Файл SVG не открывается: {0}.</translation>
  </message>
  <message>
    <source>SVG holds {0} of {1} names.</source>
    <translation>В файле SVG {0} из {1} названий.</translation>
  </message>
  <message>
    <source>SVG holds {0} of {1} objects.</source>
    <translation>В файле SVG {0} из {1} объектов.</translation>
  </message>
  <message>
    <source>SVGZ does not open again: {0}.</source>
    <translation>Файл SVGZ не открывается: {0}.</translation>
  </message>
  <message>
    <source>Scale</source>
    <translation>Масштаб</translation>
  </message>
  <message>
    <source>Schools and universities</source>
    <translation>Школы и университеты</translation>
  </message>
  <message>
    <source>Scrub</source>
    <translation>Кустарник</translation>
  </message>
  <message>
    <source>Sea</source>
    <translation>Море</translation>
  </message>
  <message>
    <source>Secondary roads</source>
    <translation>Второстепенные дороги</translation>
  </message>
  <message>
    <source>Service roads</source>
    <translation>Проезды</translation>
  </message>
  <message>
    <source>Services</source>
    <translation>Услуги</translation>
  </message>
  <message>
    <source>Settlements</source>
    <translation>Населённые пункты</translation>
  </message>
  <message>
    <source>Shadows</source>
    <translation>Тени</translation>
  </message>
  <message>
    <source>Shapefile: texts that do not fit whole (254 bytes, no blanks at the end): {0}; {1} in the zip has them by osm_id.</source>
    <translation>Shapefile: тексты, которые не помещаются целиком (254 байта, без пробелов в конце): {0}; они есть в {1} в архиве zip, по osm_id.</translation>
  </message>
  <message>
    <source>Shops</source>
    <translation>Магазины</translation>
  </message>
  <message>
    <source>Show or hide whose data it is</source>
    <translation>Показать или скрыть, чьи это данные</translation>
  </message>
  <message>
    <source>Show this on the map:</source>
    <translation>Показывайте на карте:</translation>
  </message>
  <message>
    <source>Sidings</source>
    <translation>Запасные пути</translation>
  </message>
  <message>
    <source>Sights</source>
    <translation>Достопримечательности</translation>
  </message>
  <message>
    <source>Something unexpected went wrong, and no log of it could be written: {0}.</source>
    <translation>Случилась непредвиденная ошибка, и журнал о ней не удалось записать: {0}.</translation>
  </message>
  <message>
    <source>Something unexpected went wrong; the details are in {0}.</source>
    <translation>Случилась непредвиденная ошибка; подробности — в {0}.</translation>
  </message>
  <message>
    <source>Source</source>
    <translation>Источник</translation>
  </message>
  <message>
    <source>South</source>
    <translation>Юг</translation>
  </message>
  <message>
    <source>South ({0}) lies north of north ({1}); the order is west,south,east,north.</source>
    <translation>Юг ({0}) лежит севернее севера ({1}); порядок: запад,юг,восток,север.</translation>
  </message>
  <message>
    <source>SpatiaLite could not be written: {0}.</source>
    <translation>Не удалось записать SpatiaLite: {0}.</translation>
  </message>
  <message>
    <source>Sports grounds</source>
    <translation>Спортивные комплексы</translation>
  </message>
  <message>
    <source>Squares</source>
    <translation>Площади</translation>
  </message>
  <message>
    <source>Stations and stops</source>
    <translation>Станции и остановки</translation>
  </message>
  <message>
    <source>Steps</source>
    <translation>Лестницы</translation>
  </message>
  <message>
    <source>Stores are off: {0} is {1}.</source>
    <translation>Хранилища выключены: {0} равно {1}.</translation>
  </message>
  <message>
    <source>Streams</source>
    <translation>Ручьи</translation>
  </message>
  <message>
    <source>Streets</source>
    <translation>Улицы</translation>
  </message>
  <message>
    <source>Substations</source>
    <translation>Подстанции</translation>
  </message>
  <message>
    <source>Sun above the ground (degrees)</source>
    <translation>Солнце над землёй (градусы)</translation>
  </message>
  <message>
    <source>Sun from (degrees from north)</source>
    <translation>Солнце со стороны (градусы от севера)</translation>
  </message>
  <message>
    <source>Tertiary roads</source>
    <translation>Местные дороги</translation>
  </message>
  <message>
    <source>Texts that do not fit whole, or have letters that the code page lacks: {0}.</source>
    <translation>Тексты, которые не помещаются целиком или содержат буквы, которых нет в кодовой странице: {0}.</translation>
  </message>
  <message>
    <source>Texts that do not fit whole: {0}.</source>
    <translation>Тексты, которые не помещаются целиком: {0}.</translation>
  </message>
  <message>
    <source>Texts with letters that have no single stroke come as outlines: {0}.</source>
    <translation>Тексты с буквами, для которых нет начертания в одну линию, даны контурами: {0}.</translation>
  </message>
  <message>
    <source>The CRS {0} counts in degrees: pages are drawn in a local one in metres.</source>
    <translation>Система координат {0} — в градусах: страницы рисуются в местной, в метрах.</translation>
  </message>
  <message>
    <source>The CRS {0} has no coordinates of a map (it is of heights, of the earth's centre or of a site); choose a projected or geographic one.</source>
    <translation>В системе координат {0} нет координат карты (она описывает высоты, положение от центра Земли или строительную площадку); выберите проекцию или географическую систему.</translation>
  </message>
  <message>
    <source>The CRS {0} has no definition in PROJJSON.</source>
    <translation>Для системы координат {0} нет определения в PROJJSON.</translation>
  </message>
  <message>
    <source>The CRS {0} is not known; give one as EPSG:n or ESRI:n.</source>
    <translation>Система координат {0} неизвестна; задайте её как EPSG:n или ESRI:n.</translation>
  </message>
  <message>
    <source>The CRS {0} is not of the form EPSG:n or ESRI:n.</source>
    <translation>Система координат {0} задана не в виде EPSG:n или ESRI:n.</translation>
  </message>
  <message>
    <source>The CSV of points does not hold what was written to it.</source>
    <translation>В CSV с точками не то, что было записано.</translation>
  </message>
  <message>
    <source>The Garmin map does not lie where the area is.</source>
    <translation>Карта Garmin лежит не там, где область.</translation>
  </message>
  <message>
    <source>The GeoPackage {0} cannot be changed; unlock it, or style a copy.</source>
    <translation>GeoPackage {0} нельзя изменить; снимите защиту или оформите копию.</translation>
  </message>
  <message>
    <source>The LandXML file does not hold what was written to it.</source>
    <translation>В файле LandXML не то, что в него записано.</translation>
  </message>
  <message>
    <source>The Lanelet2 map has not all lanelets.</source>
    <translation>В карте Lanelet2 не все полосы.</translation>
  </message>
  <message>
    <source>The Lanelet2 map is not whole.</source>
    <translation>Карта Lanelet2 записана не целиком.</translation>
  </message>
  <message>
    <source>The LightBurn project has not all lines that were written to it.</source>
    <translation>В проекте LightBurn не все линии, что были записаны.</translation>
  </message>
  <message>
    <source>The OSM file came out empty.</source>
    <translation>Файл OSM получился пустым.</translation>
  </message>
  <message>
    <source>The OSM file could not be written: {0}.</source>
    <translation>Не удалось записать файл OSM: {0}.</translation>
  </message>
  <message>
    <source>The OSM file does not open again: {0}.</source>
    <translation>Файл OSM не открывается: {0}.</translation>
  </message>
  <message>
    <source>The Overpass server {0} could not answer the query: {1}; take an extract with SOURCE.</source>
    <translation>Сервер Overpass {0} не смог ответить на запрос: {1}; возьмите выгрузку OSM.</translation>
  </message>
  <message>
    <source>The Overpass server {0} did not understand the query (400){1}; try another server</source>
    <translation>Сервер Overpass {0} не понял запрос (400){1}; попробуйте другой сервер</translation>
  </message>
  <message>
    <source>The Overpass server {0} failed with {1}{2}; try again later</source>
    <translation>Сервер Overpass {0} ответил ошибкой {1}{2}; попробуйте позже</translation>
  </message>
  <message>
    <source>The Overpass server {0} finds the request too large (413); choose fewer layers</source>
    <translation>Сервер Overpass {0} считает запрос слишком большим (413); выберите меньше слоёв</translation>
  </message>
  <message>
    <source>The Overpass server {0} gave no whole answer within TIMEOUT; raise TIMEOUT, choose a smaller area or fewer layers, or take an extract with SOURCE.</source>
    <translation>Сервер Overpass {0} не дал полного ответа за отведённое время; увеличьте время ожидания, выберите область меньше, слоёв меньше или возьмите выгрузку OSM.</translation>
  </message>
  <message>
    <source>The Overpass server {0} has no areas: {1}.</source>
    <translation>На сервере Overpass {0} нет площадей: {1}.</translation>
  </message>
  <message>
    <source>The Overpass server {0} is busy; wait some minutes, or take an extract with SOURCE.</source>
    <translation>Сервер Overpass {0} занят; подождите несколько минут или возьмите выгрузку OSM.</translation>
  </message>
  <message>
    <source>The Overpass server {0} ran out of memory; choose a smaller area or fewer layers, or take an extract with SOURCE.</source>
    <translation>Серверу Overpass {0} не хватило памяти; выберите область меньше, слоёв меньше или возьмите выгрузку OSM.</translation>
  </message>
  <message>
    <source>The Overpass server {0} ran out of time; choose a smaller area or fewer layers, raise TIMEOUT, or take an extract with SOURCE.</source>
    <translation>Серверу Overpass {0} не хватило времени; выберите область меньше, слоёв меньше, увеличьте время ожидания или возьмите выгрузку OSM.</translation>
  </message>
  <message>
    <source>The PDF leaves {0} letters out that no font of this machine has.</source>
    <translation>В PDF нет букв ({0}), которых нет ни в одном шрифте этой машины.</translation>
  </message>
  <message>
    <source>The Polish map does not hold what was written to it.</source>
    <translation>В польской карте нет того, что в неё записано.</translation>
  </message>
  <message>
    <source>The answer of the Overpass server {0} is no valid UTF-8 XML ({1}, line {2}); try again, or take an extract with SOURCE.</source>
    <translation>Ответ сервера Overpass {0} — неверный XML в UTF-8 ({1}, строка {2}); повторите попытку или возьмите выгрузку OSM.</translation>
  </message>
  <message>
    <source>The answer of the Overpass server {0} was cut off; try again, choose a smaller area, or take an extract with SOURCE.</source>
    <translation>Ответ сервера Overpass {0} оборвался; повторите попытку, выберите область меньше или возьмите выгрузку OSM.</translation>
  </message>
  <message>
    <source>The answer of {0} could not be written: {1}.</source>
    <translation>Не удалось записать ответ {0}: {1}.</translation>
  </message>
  <message>
    <source>The area has no building that can be raised.</source>
    <translation>В области нет здания, которое можно построить в объёме.</translation>
  </message>
  <message>
    <source>The area has no buildings at this detail level; take level {0} or higher.</source>
    <translation>При такой детальности в области нет зданий; возьмите детальность {0} или выше.</translation>
  </message>
  <message>
    <source>The area has no buildings.</source>
    <translation>В области нет зданий.</translation>
  </message>
  <message>
    <source>The area has no streets at this detail level; take level {0} or higher.</source>
    <translation>При такой детальности в области нет улиц; возьмите детальность {0} или выше.</translation>
  </message>
  <message>
    <source>The area has no streets for cars.</source>
    <translation>На этом участке нет улиц для автомобилей.</translation>
  </message>
  <message>
    <source>The area has no streets.</source>
    <translation>В области нет улиц.</translation>
  </message>
  <message>
    <source>The area has {0} km2; at most {1} km2 is allowed.</source>
    <translation>Площадь области {0} км²; разрешено не более {1} км².</translation>
  </message>
  <message>
    <source>The area is empty: west,south,east,north must rise in pairs.</source>
    <translation>Область пуста: восток должен быть восточнее запада, а север севернее юга.</translation>
  </message>
  <message>
    <source>The area is smaller than a square metre.</source>
    <translation>Область меньше квадратного метра.</translation>
  </message>
  <message>
    <source>The area is too large for one Garmin map; take a smaller one, or a lower detail level.</source>
    <translation>Область слишком велика для одной карты Garmin; возьмите область поменьше или более низкий уровень детализации.</translation>
  </message>
  <message>
    <source>The area lies outside what {0} can show; choose another CRS.</source>
    <translation>Область лежит за пределами того, что может показать {0}; выберите другую систему координат.</translation>
  </message>
  <message>
    <source>The atlas of the layout has no pages: its layer has no features.</source>
    <translation>В атласе макета нет страниц: в его слое нет объектов.</translation>
  </message>
  <message>
    <source>The bbox {0} must be four numbers: west,south,east,north.</source>
    <translation>Охват {0} должен состоять из четырёх чисел: запад,юг,восток,север.</translation>
  </message>
  <message>
    <source>The chosen layers have no buildings; choose the layer buildings.</source>
    <translation>В выбранных слоях нет зданий; выберите слой buildings.</translation>
  </message>
  <message>
    <source>The coast ends inside the page in {0} places, where land and sea are a guess: longitude and latitude {1}.</source>
    <translation>Береговая линия обрывается внутри страницы (мест: {0}), суша и море там предположительны: долгота и широта {1}.</translation>
  </message>
  <message>
    <source>The corners are swapped: west ({0}) lies east of east ({1}), and south ({2}) north of north ({3}); the order is west,south,east,north.</source>
    <translation>Углы переставлены: запад ({0}) лежит восточнее востока ({1}), а юг ({2}) севернее севера ({3}); порядок: запад,юг,восток,север.</translation>
  </message>
  <message>
    <source>The data come from public Overpass servers, run by volunteers for all: keep to small areas, and give an extract in SOURCE for large or many ones; the rules are at https://wiki.openstreetmap.org/wiki/Overpass_API.</source>
    <translation>Данные берутся с общедоступных серверов Overpass, которые содержат добровольцы: ограничьтесь небольшими областями, а для больших или многих укажите выгрузку OSM; правила: https://wiki.openstreetmap.org/wiki/Overpass_API.</translation>
  </message>
  <message>
    <source>The data of {0} end inside the page in the {1}: what lies beyond is empty; choose an area that they cover, or a larger extract.</source>
    <translation>Данные {0} заканчиваются внутри листа ({1}): дальше пусто; выберите область, которую они покрывают, или выгрузку больше.</translation>
  </message>
  <message>
    <source>The data of {0} hold nothing inside the page; choose an area that they cover.</source>
    <translation>В данных {0} внутри листа ничего нет; выберите область, которую они покрывают.</translation>
  </message>
  <message>
    <source>The data of {0} seem to end inside the page in the {1}: what lies beyond is empty; choose an area that they cover, or a larger extract.</source>
    <translation>Данные {0}, похоже, заканчиваются внутри листа ({1}): дальше пусто; выберите область, которую они покрывают, или выгрузку больше.</translation>
  </message>
  <message>
    <source>The design has {0} stitches, more than many machines take.</source>
    <translation>В вышивке {0} стежков — больше, чем принимают многие машины.</translation>
  </message>
  <message>
    <source>The disk of {0} has no room for a store of {1}.</source>
    <translation>На диске с {0} нет места для хранилища {1}.</translation>
  </message>
  <message>
    <source>The disk of {0} is full.</source>
    <translation>Диск с {0} заполнен.</translation>
  </message>
  <message>
    <source>The extent is empty: its sides must rise in pairs.</source>
    <translation>Охват пуст: его стороны должны попарно возрастать.</translation>
  </message>
  <message>
    <source>The extent lies outside what {0} can show.</source>
    <translation>Охват лежит вне того, что может показать {0}.</translation>
  </message>
  <message>
    <source>The extent names no CRS: give xmin,xmax,ymin,ymax [EPSG:n].</source>
    <translation>В охвате не названа система координат: укажите xmin,xmax,ymin,ymax [EPSG:n].</translation>
  </message>
  <message>
    <source>The extract {0} covers {1} km2; at most {2} km2 is allowed: give a part of it as the area.</source>
    <translation>Выгрузка {0} охватывает {1} км²; допускается не больше {2} км²: задайте её часть как область.</translation>
  </message>
  <message>
    <source>The features of a FeatureCollection must be of type Feature.</source>
    <translation>Объекты FeatureCollection должны быть типа Feature.</translation>
  </message>
  <message>
    <source>The file {0} cannot be read: {1}.</source>
    <translation>Файл {0} не читается: {1}.</translation>
  </message>
  <message>
    <source>The file {0} holds no GeoJSON object.</source>
    <translation>В файле {0} нет объекта GeoJSON.</translation>
  </message>
  <message>
    <source>The file {0} is not GeoJSON.</source>
    <translation>Файл {0} — не GeoJSON.</translation>
  </message>
  <message>
    <source>The file {0} is not a GeoPackage of OpenStreetMap data.</source>
    <translation>Файл {0} — не GeoPackage с данными OpenStreetMap.</translation>
  </message>
  <message>
    <source>The folder of tiles does not open again.</source>
    <translation>Папка тайлов не открывается.</translation>
  </message>
  <message>
    <source>The folder of tiles holds {0} of {1} tiles.</source>
    <translation>В папке тайлов {0} из {1} тайлов.</translation>
  </message>
  <message>
    <source>The folder {0} cannot be read: {1}.</source>
    <translation>Папку {0} не удалось прочитать: {1}.</translation>
  </message>
  <message>
    <source>The folder {0} cannot be written to: {1}.</source>
    <translation>В папку {0} нельзя записать: {1}.</translation>
  </message>
  <message>
    <source>The folder {0} is not private: others own it, or may write.</source>
    <translation>Папка {0} не личная: она чужая, или писать в неё могут другие.</translation>
  </message>
  <message>
    <source>The fonts of {0}. Install them before you open it; all are under the SIL Open Font License, whose text lies beside them.</source>
    <translation>Шрифты файла {0}. Установите их прежде, чем открыть его; все они под лицензией SIL Open Font License, её текст лежит рядом с ними.</translation>
  </message>
  <message>
    <source>The geometry holds no polygon.</source>
    <translation>В слое области нет ни одного полигона.</translation>
  </message>
  <message>
    <source>The geometry is a {0}, not a Polygon or MultiPolygon.</source>
    <translation>Область задана как {0}, а нужен Polygon или MultiPolygon.</translation>
  </message>
  <message>
    <source>The grid of heights is not whole.</source>
    <translation>Растр высот записан не целиком.</translation>
  </message>
  <message>
    <source>The heights have cells of {0} m: of smaller ones there would be more than {1}.</source>
    <translation>Ячейки растра высот — {0} м: меньших было бы больше {1}.</translation>
  </message>
  <message>
    <source>The inks of {0} are those of a formula: Pillow or a colour profile of a press is missing.</source>
    <translation>Краски {0} рассчитаны по формуле: нет Pillow или цветового профиля печати.</translation>
  </message>
  <message>
    <source>The item {0} is kept as a picture: {1}.</source>
    <translation>Элемент {0} остаётся картинкой: {1}.</translation>
  </message>
  <message>
    <source>The language {0} is no language code; give one such as en, ru, zh-Hant or sr-Latn, or nothing for the names of the place.</source>
    <translation>{0} — не код языка; укажите код, например en, ru, zh-Hant или sr-Latn, или ничего, чтобы остались местные названия.</translation>
  </message>
  <message>
    <source>The layer {0} has edits that are not saved: pictures lack them.</source>
    <translation>В слое {0} есть несохранённые правки: на картинках их нет.</translation>
  </message>
  <message>
    <source>The layer {0} has no features: data are without it.</source>
    <translation>В слое {0} нет объектов: в данных его нет.</translation>
  </message>
  <message>
    <source>The layer {0} is blended in a way that transparency cannot show: it lies over.</source>
    <translation>Слой {0} смешивается так, как прозрачностью не показать: он лежит поверх.</translation>
  </message>
  <message>
    <source>The layer {0} is kept as a picture: {1}.</source>
    <translation>Слой {0} остаётся картинкой: {1}.</translation>
  </message>
  <message>
    <source>The layer {0} is left out: QGIS cannot copy it.</source>
    <translation>Слой {0} пропущен: QGIS не может его скопировать.</translation>
  </message>
  <message>
    <source>The layer {0} is left out: it cannot be read.</source>
    <translation>Слой {0} пропущен: он не читается.</translation>
  </message>
  <message>
    <source>The layer {0} is left out: it is a table without shapes.</source>
    <translation>Слой {0} пропущен: это таблица без геометрии.</translation>
  </message>
  <message>
    <source>The layer {0} is not drawn whole: {1}.</source>
    <translation>Слой {0} нарисован не целиком: {1}.</translation>
  </message>
  <message>
    <source>The layer {0} is not whole: its source stopped with {1}.</source>
    <translation>Слой {0} неполон: его источник прервался — {1}.</translation>
  </message>
  <message>
    <source>The layer {0} masks others: they are drawn whole.</source>
    <translation>Слой {0} маскирует другие: они нарисованы целиком.</translation>
  </message>
  <message>
    <source>The layer {0} of INPUT cannot be read.</source>
    <translation>Слой {0} не читается.</translation>
  </message>
  <message>
    <source>The layer {0} of INPUT is no vector layer with shapes.</source>
    <translation>Слой {0} — не векторный слой с геометрией.</translation>
  </message>
  <message>
    <source>The layers of INPUT have no areas that could be raised.</source>
    <translation>В выбранных слоях нет площадей, которые можно построить в объёме.</translation>
  </message>
  <message>
    <source>The layers of INPUT hold nothing in this area.</source>
    <translation>В выбранных слоях ничего нет в этой области.</translation>
  </message>
  <message>
    <source>The layers of INPUT hold nothing that could be exported.</source>
    <translation>В выбранных слоях нет ничего, что можно экспортировать.</translation>
  </message>
  <message>
    <source>The layout has the pages 1 to {0}, and not {1}.</source>
    <translation>В макете есть страницы с 1 по {0}, а {1} нет.</translation>
  </message>
  <message>
    <source>The library {0} is missing here; install the plugin anew.</source>
    <translation>Здесь нет библиотеки {0}; установите модуль заново.</translation>
  </message>
  <message>
    <source>The library {0} is not the one that came with this version.</source>
    <translation>Библиотека {0} не та, что поставляется с этой версией.</translation>
  </message>
  <message>
    <source>The lowest zoom of tiles, {0}, is above the highest, {1}.</source>
    <translation>Наименьший масштабный уровень тайлов {0} больше наибольшего {1}.</translation>
  </message>
  <message>
    <source>The map has no streets to find routes along.</source>
    <translation>На карте нет улиц, по которым прокладывать маршруты.</translation>
  </message>
  <message>
    <source>The map is {0} x {1} mm and the machine's bed {2} mm: choose a smaller page, a smaller scale or a larger bed.</source>
    <translation>Карта {0} x {1} мм, а стол станка {2} мм: выберите меньшую страницу, более мелкий масштаб или больший стол.</translation>
  </message>
  <message>
    <source>The map without its sheet, {0} dots an inch at its scale. Keep the files together: the world file says where the picture lies, {1} and .aux.xml in which CRS ({2}). In AutoCAD the picture is placed by MAPIINSERT, in QGIS and ArcGIS by opening it.</source>
    <translation>Карта без листа, {0} точек на дюйм в её масштабе. Держите файлы вместе: файл привязки говорит, где лежит картинка, {1} и .aux.xml — в какой системе координат ({2}). В AutoCAD картинку ставят командой MAPIINSERT, в QGIS и ArcGIS — открывают.</translation>
  </message>
  <message>
    <source>The map would be {0} x {1} mm, which is too narrow to be drawn; choose a wider area.</source>
    <translation>Карта была бы {0} x {1} мм: так узко её не нарисовать; выберите область шире.</translation>
  </message>
  <message>
    <source>The map {0} could not be changed: {1}.</source>
    <translation>Не удалось изменить карту {0}: {1}.</translation>
  </message>
  <message>
    <source>The markers of the layer {0} have {1} points, and at most {2} fit; choose a simpler marker, a smaller extent, or SVG, which holds a marker once.</source>
    <translation>У значков слоя {0} {1} точек, а помещается не более {2}; выберите значок проще, охват меньше или SVG, где значок хранится один раз.</translation>
  </message>
  <message>
    <source>The model holds what is no number.</source>
    <translation>В модели вместо числа записано что-то другое.</translation>
  </message>
  <message>
    <source>The model of {0} x {1} mm comes in {2} tiles of {3} x {4} mm, in a zip.</source>
    <translation>Модель {0} x {1} мм разбита на плитки (всего {2}) по {3} x {4} мм, в zip-архиве.</translation>
  </message>
  <message>
    <source>The name has the bidirectional control {0}, which nobody sees in a file's name; leave it out.</source>
    <translation>В имени есть управляющий символ направления письма {0}, который в имени файла не виден; уберите его.</translation>
  </message>
  <message>
    <source>The name {0} cannot be a file's name; use letters and digits.</source>
    <translation>Имя {0} не годится для файла; используйте буквы и цифры.</translation>
  </message>
  <message>
    <source>The name {0} has {1}, which no file's name can have; leave it out.</source>
    <translation>В имени {0} есть {1}, чего в имени файла быть не может; уберите это.</translation>
  </message>
  <message>
    <source>The name {0} is a device's on Windows, where no file can have it; take another.</source>
    <translation>Имя {0} в Windows принадлежит устройству, файл не может так называться; выберите другое.</translation>
  </message>
  <message>
    <source>The name {0} is too long for a file's name; take one of {1} characters at most.</source>
    <translation>Имя {0} слишком длинно для имени файла; возьмите не более {1} символов.</translation>
  </message>
  <message>
    <source>The network's proxy wants a user name and a password (407); give them in QGIS's network settings.</source>
    <translation>Прокси-сервер требует имя пользователя и пароль (407); укажите их в настройках сети QGIS.</translation>
  </message>
  <message>
    <source>The notice is drawn without {0}, which no font on this machine has; write it beside the picture, or install a font that has them.</source>
    <translation>Указание авторства нарисовано без {0}: таких знаков нет ни в одном шрифте этого компьютера; напишите его рядом с картой или установите шрифт, в котором они есть.</translation>
  </message>
  <message>
    <source>The option {0} cannot be {1}; there are {2}.</source>
    <translation>Параметр {0} не может быть {1}; есть {2}.</translation>
  </message>
  <message>
    <source>The option {0} changes nothing in {1}.</source>
    <translation>Параметр {0} ничего не меняет в {1}.</translation>
  </message>
  <message>
    <source>The options must be a JSON object.</source>
    <translation>Параметры должны быть объектом JSON.</translation>
  </message>
  <message>
    <source>The options {0} are not JSON.</source>
    <translation>Параметры {0} — не JSON.</translation>
  </message>
  <message>
    <source>The options {0} change nothing in {1}.</source>
    <translation>Параметры {0} ничего не меняют в {1}.</translation>
  </message>
  <message>
    <source>The outlines of the geometry cross themselves, or lie on each other.</source>
    <translation>Контуры геометрии пересекают сами себя или лежат друг на друге.</translation>
  </message>
  <message>
    <source>The overlay has {0} objects; outside the area, and so not shown: {1}.</source>
    <translation>Объектов в своих данных: {0}; вне территории и потому не показано: {1}.</translation>
  </message>
  <message>
    <source>The overlay is not GeoJSON that can be drawn: {0}.</source>
    <translation>Свои данные — не тот GeoJSON, который можно нарисовать: {0}.</translation>
  </message>
  <message>
    <source>The overlay {0} cannot be read as GPX, GeoJSON, GeoPackage, KML or KMZ: {1}.</source>
    <translation>Свои данные {0} не читаются как GPX, GeoJSON, GeoPackage, KML или KMZ: {1}.</translation>
  </message>
  <message>
    <source>The overlay {0} has a CRS that leads nowhere: {1}.</source>
    <translation>Система координат своих данных {0} никуда не ведёт: {1}.</translation>
  </message>
  <message>
    <source>The overlay {0} has more than {1} objects, or too long ones; leave some of it out.</source>
    <translation>В своих данных {0} больше {1} объектов, или они слишком длинные; уберите часть.</translation>
  </message>
  <message>
    <source>The overlay {0} has no points, lines or areas.</source>
    <translation>В своих данных {0} нет ни точек, ни линий, ни площадей.</translation>
  </message>
  <message>
    <source>The overlay {0} is damaged: {1}.</source>
    <translation>Свои данные {0} повреждены: {1}.</translation>
  </message>
  <message>
    <source>The overlay {0} is not JSON.</source>
    <translation>Свои данные {0} — не JSON.</translation>
  </message>
  <message>
    <source>The overlay {0} is not a file; give one of GPX, GeoJSON, GeoPackage, KML or KMZ.</source>
    <translation>Свои данные {0} — не файл; укажите файл GPX, GeoJSON, GeoPackage, KML или KMZ.</translation>
  </message>
  <message>
    <source>The page is too small for the notice of whose data it shows; write beside the picture: {0}.</source>
    <translation>Страница слишком мала для указания, чьи это данные; напишите рядом с рисунком: {0}.</translation>
  </message>
  <message>
    <source>The page lies wholly outside the box that {0} says it covers, which lies in the {1}; what it holds beyond that box may not be all: choose an area that it covers, or a larger extract.</source>
    <translation>Лист целиком лежит вне области, которую указывает {0} (сторона: {1}); данные за её пределами могут быть неполны: выберите участок внутри неё или больший файл данных.</translation>
  </message>
  <message>
    <source>The page lies wholly outside the data of {0}, which lie in the {1} of it: nothing of them is there; choose an area that they cover.</source>
    <translation>Лист лежит целиком вне данных {0} (они в другой стороне: {1}): в нём ничего из них нет; выберите область, которую они покрывают.</translation>
  </message>
  <message>
    <source>The polygon layer of MASK cannot be read.</source>
    <translation>Слой полигонов области не читается.</translation>
  </message>
  <message>
    <source>The profile {0} is no ICC profile of CMYK inks.</source>
    <translation>Профиль {0} — не ICC-профиль красок CMYK.</translation>
  </message>
  <message>
    <source>The project has no layer of OpenStreetMap data; load some first.</source>
    <translation>В проекте нет слоёв с данными OpenStreetMap; сначала загрузите их.</translation>
  </message>
  <message>
    <source>The project has no map theme {0}{1}; there are {2}.</source>
    <translation>В проекте нет темы карты {0}{1}; есть {2}.</translation>
  </message>
  <message>
    <source>The project has no print layout {0}{1}; there are {2}.</source>
    <translation>В проекте нет макета печати {0}{1}; есть {2}.</translation>
  </message>
  <message>
    <source>The sample is not there; 'make sample' in a checkout fetches it, or put it at {0}.</source>
    <translation>Образца нет; его скачивает make sample в исходном коде, либо положите его в {0}.</translation>
  </message>
  <message>
    <source>The script draws {0} of {1} objects.</source>
    <translation>Сценарий чертит {0} из {1} объектов.</translation>
  </message>
  <message>
    <source>The server {0} {1}; check the network, or take an extract with SOURCE.</source>
    <translation>Сервер {0} недоступен ({1}); проверьте сеть или возьмите выгрузку OSM.</translation>
  </message>
  <message>
    <source>The source cannot be copied as it is: {0}; mend it, or take another format.</source>
    <translation>Источник нельзя скопировать как есть: {0}; исправьте его или возьмите другой формат.</translation>
  </message>
  <message>
    <source>The source gave no {0}.</source>
    <translation>В источнике не нашлось: {0}.</translation>
  </message>
  <message>
    <source>The source has objects that OpenStreetMap has not numbered, or that came without their shape, which OSM files are not made of; upload them first, ask for them with 'out geom', or take another format, such as gpkg.</source>
    <translation>В источнике есть объекты без номера OpenStreetMap или без своей геометрии, а файлы OSM из таких не состоят: сначала загрузите их в OpenStreetMap, запросите их с 'out geom' или возьмите другой формат, например gpkg.</translation>
  </message>
  <message>
    <source>The source holds nothing in this area, but it would with longitudes and latitudes exchanged: give west, south, east, north.</source>
    <translation>В источнике нет ничего для этой области, но было бы, если поменять местами долготы и широты: укажите запад, юг, восток, север.</translation>
  </message>
  <message>
    <source>The source holds nothing in this area; choose another area, source or detail level.</source>
    <translation>В источнике ничего нет в этой области; выберите другую область, источник или детальность.</translation>
  </message>
  <message>
    <source>The source {0} cannot be read: {1}.</source>
    <translation>Источник {0} не читается: {1}.</translation>
  </message>
  <message>
    <source>The source {0} could not be read.</source>
    <translation>Источник {0} не удалось прочитать.</translation>
  </message>
  <message>
    <source>The source {0} could not be read: {1}.</source>
    <translation>Источник {0} не удалось прочитать: {1}.</translation>
  </message>
  <message>
    <source>The source {0} does not exist.</source>
    <translation>Источника {0} не существует.</translation>
  </message>
  <message>
    <source>The source {0} holds no place of any object; ask for it with 'out geom', or with (._;&gt;;); out body;.</source>
    <translation>В источнике {0} нет координат ни одного объекта; запросите его с 'out geom' или с (._;&gt;;); out body;.</translation>
  </message>
  <message>
    <source>The source {0} is a history: the newest version of each object counts, older ones are left out: {1}.</source>
    <translation>Источник {0} — история правок: берётся последняя версия каждого объекта, более старых пропущено: {1}.</translation>
  </message>
  <message>
    <source>The source {0} is cut off or damaged; fetch or pack it again.</source>
    <translation>Источник {0} оборван или повреждён; скачайте или упакуйте его снова.</translation>
  </message>
  <message>
    <source>The source {0} is damaged; fetch it again.</source>
    <translation>Источник {0} повреждён; загрузите его заново.</translation>
  </message>
  <message>
    <source>The source {0} is empty.</source>
    <translation>Источник {0} пуст.</translation>
  </message>
  <message>
    <source>The source {0} is no answer of an Overpass server as JSON</source>
    <translation>Источник {0} — не ответ сервера Overpass в JSON</translation>
  </message>
  <message>
    <source>The source {0} is not a file.</source>
    <translation>Источник {0} — не файл.</translation>
  </message>
  <message>
    <source>The source {0} is not a file; give an OSM extract, the address of an Overpass server, or nothing.</source>
    <translation>Источник {0} — не файл; укажите выгрузку OSM, адрес сервера Overpass или оставьте поле пустым.</translation>
  </message>
  <message>
    <source>The source {0} is not an address of a server.</source>
    <translation>Источник {0} — не адрес сервера.</translation>
  </message>
  <message>
    <source>The source {0} was replaced meanwhile; start again.</source>
    <translation>Источник {0} тем временем заменили; начните заново.</translation>
  </message>
  <message>
    <source>The source {0} {1}.</source>
    <translation>Источник {0} {1}.</translation>
  </message>
  <message>
    <source>The store of {0} could not be built in {1}: {2}.</source>
    <translation>Хранилище {0} не построено в {1}: {2}.</translation>
  </message>
  <message>
    <source>The store of {0} is being built just now.</source>
    <translation>Хранилище {0} как раз строится.</translation>
  </message>
  <message>
    <source>The streets of this area are {0} networks that do not meet; the largest has {1} % of their length.</source>
    <translation>Улицы этой области образуют не связанные между собой сети, их {0}; на самую большую приходится {1} % длины.</translation>
  </message>
  <message>
    <source>The style file {0} cannot be read: {1}.</source>
    <translation>Файл стиля {0} не читается: {1}.</translation>
  </message>
  <message>
    <source>The style file {0} holds no JSON object.</source>
    <translation>В файле стиля {0} нет объекта JSON.</translation>
  </message>
  <message>
    <source>The style file {0} is not JSON ({1}).</source>
    <translation>Файл стиля {0} — не JSON ({1}).</translation>
  </message>
  <message>
    <source>The style file {0} is not JSON in UTF-8.</source>
    <translation>Файл стиля {0} — не JSON в UTF-8.</translation>
  </message>
  <message>
    <source>The style file {0} is not there.</source>
    <translation>Файла стиля {0} нет.</translation>
  </message>
  <message>
    <source>The style {0} extends {1}, which is no style{2}.</source>
    <translation>Стиль {0} дополняет {1}, но такого стиля нет{2}.</translation>
  </message>
  <message>
    <source>The styles could not be saved in {0}: {1}.</source>
    <translation>Стили не удалось сохранить в {0}: {1}.</translation>
  </message>
  <message>
    <source>The styles {0} extend each other in a circle.</source>
    <translation>Стили {0} дополняют друг друга по кругу.</translation>
  </message>
  <message>
    <source>The subtitle has the bidirectional control {0}, which makes it read otherwise than it stands; leave it out.</source>
    <translation>В подзаголовке есть знак {0}, который меняет направление письма, и читается он не так, как написан; уберите его.</translation>
  </message>
  <message>
    <source>The subtitle must be one line of at most 200 characters.</source>
    <translation>Подзаголовок — одна строка не длиннее 200 знаков.</translation>
  </message>
  <message>
    <source>The tiles end at zoom {0} and not at {1}, which would be {2} tiles of this area; choose a smaller one for more.</source>
    <translation>Тайлы кончаются на уровне {0}, а не на {1}: там было бы {2} тайлов этой области; для большего выберите область поменьше.</translation>
  </message>
  <message>
    <source>The title has the bidirectional control {0}, which makes it read otherwise than it stands; leave it out.</source>
    <translation>В заголовке есть управляющий символ направления письма {0}, из-за которого он читается не так, как записан; уберите его.</translation>
  </message>
  <message>
    <source>The title is drawn without {0}, which no font on this machine has; write it in other letters, or install a font that has them.</source>
    <translation>Заголовок нарисован без {0}: таких знаков нет ни в одном шрифте этого компьютера; напишите его другими знаками или установите шрифт, в котором они есть.</translation>
  </message>
  <message>
    <source>The title must be one line of at most 200 characters.</source>
    <translation>Заголовок должен быть одной строкой не длиннее 200 знаков.</translation>
  </message>
  <message>
    <source>The working file {0} could not be made: {1}.</source>
    <translation>Рабочий файл {0} не удалось создать: {1}.</translation>
  </message>
  <message>
    <source>The zip of {0} and its fonts came out broken.</source>
    <translation>Архив с {0} и шрифтами записан с ошибкой.</translation>
  </message>
  <message>
    <source>The {0} {1} is not a whole number from {2} to {3}.</source>
    <translation>Значение {1} ({0}) — не целое число от {2} до {3}.</translation>
  </message>
  <message>
    <source>The {0} {1} is not between {2} and {3}.</source>
    <translation>Значение {1} ({0}) не между {2} и {3}.</translation>
  </message>
  <message>
    <source>There are files called {0} in the folder already: the new ones are called {1}.</source>
    <translation>В папке уже есть файлы с именем {0}: новые называются {1}.</translation>
  </message>
  <message>
    <source>There are no formats {0}.</source>
    <translation>Нет форматов {0}.</translation>
  </message>
  <message>
    <source>There are no points of interest {0}{1}; there are {2}, and classes such as museum; several with commas, the first three each alone.</source>
    <translation>Нет точек интереса {0}{1}; есть {2} и классы, такие как museum; несколько — через запятую, первые три — каждое отдельно.</translation>
  </message>
  <message>
    <source>There is no Overpass server at {0}: it answered {1}{2}; check its address</source>
    <translation>По адресу {0} нет сервера Overpass: ответ {1}{2}; проверьте адрес</translation>
  </message>
  <message>
    <source>There is no field {0}{1}.</source>
    <translation>Нет поля {0}{1}.</translation>
  </message>
  <message>
    <source>There is no format {0}; there are {1}, and {2} more.</source>
    <translation>Нет формата {0}; есть {1} и ещё {2}.</translation>
  </message>
  <message>
    <source>There is no format {0}{1}.</source>
    <translation>Нет формата {0}{1}.</translation>
  </message>
  <message>
    <source>There is no memory for a picture of {0} x {1} pixels.</source>
    <translation>Не хватает памяти для картинки {0} × {1} пикселей.</translation>
  </message>
  <message>
    <source>There is no project: open one (--PROJECT_PATH=...), or name layers.</source>
    <translation>Нет проекта: откройте его (--PROJECT_PATH=...) или назовите слои.</translation>
  </message>
  <message>
    <source>There is no project: open one (--PROJECT_PATH=...).</source>
    <translation>Проекта нет: откройте его (--PROJECT_PATH=...).</translation>
  </message>
  <message>
    <source>There is no style {0}{1}; there are {2}, and any file NAME.json.</source>
    <translation>Нет стиля {0}{1}; есть {2} и любой файл ИМЯ.json.</translation>
  </message>
  <message>
    <source>There is no {0} {1}{2}; there are {3}.</source>
    <translation>Нет значения {1} ({0}){2}; есть {3}.</translation>
  </message>
  <message>
    <source>These tables have no empty numbers: where there is none they have 0.</source>
    <translation>В этих таблицах нет пустых чисел: где числа нет, стоит 0.</translation>
  </message>
  <message>
    <source>This browser shows no 3D: WebGL is switched off or missing.</source>
    <translation>Этот браузер не показывает 3D: WebGL выключен или отсутствует.</translation>
  </message>
  <message>
    <source>This map needs WebGL, which this browser has not or does not allow.</source>
    <translation>Этой карте нужен WebGL, которого в этом браузере нет или который он не разрешает.</translation>
  </message>
  <message>
    <source>TikZ holds {0} of {1} objects, or other layers.</source>
    <translation>TikZ содержит {0} объектов из {1} или другие слои.</translation>
  </message>
  <message>
    <source>Tools follow lines: the map is drawn in the style {0}, not in {1}.</source>
    <translation>Инструменты идут по линиям: карта нарисована в стиле {0}, а не {1}.</translation>
  </message>
  <message>
    <source>Towns</source>
    <translation>Города</translation>
  </message>
  <message>
    <source>Tracks</source>
    <translation>Грунтовые дороги</translation>
  </message>
  <message>
    <source>Tramways</source>
    <translation>Трамвай</translation>
  </message>
  <message>
    <source>Trees</source>
    <translation>Деревья</translation>
  </message>
  <message>
    <source>Trunk roads</source>
    <translation>Магистральные дороги</translation>
  </message>
  <message>
    <source>Under construction</source>
    <translation>Строится</translation>
  </message>
  <message>
    <source>Underground</source>
    <translation>Метро</translation>
  </message>
  <message>
    <source>Underground yards</source>
    <translation>Депо метро</translation>
  </message>
  <message>
    <source>Units are metres; x is east, y is up, -z is north; x = z = 0 is longitude {0}, latitude {1}.</source>
    <translation>Единицы — метры; x — на восток, y — вверх, -z — на север; x = z = 0 — долгота {0}, широта {1}.</translation>
  </message>
  <message>
    <source>Unpack all and open {0} in QGIS 3.22 or later: the map at 1:{1}, its sheet a layout.</source>
    <translation>Распакуйте всё и откройте {0} в QGIS 3.22 или новее: карта в масштабе 1:{1}, её лист — макет.</translation>
  </message>
  <message>
    <source>Unpack the folder where your pages are and give its address to {0}; {1} says the same to programs.</source>
    <translation>Распакуйте папку туда, где лежат ваши страницы, и укажите её адрес в {0}; {1} говорит то же самое программам.</translation>
  </message>
  <message>
    <source>Vector tiles (Mapbox Vector Tile 2.1, made for {0} x {0} pixels)</source>
    <translation>Векторные тайлы (Mapbox Vector Tile 2.1, для {0} x {0} пикселей)</translation>
  </message>
  <message>
    <source>Vector tiles came out empty.</source>
    <translation>Векторные тайлы получились пустыми.</translation>
  </message>
  <message>
    <source>View</source>
    <translation>Вид</translation>
  </message>
  <message>
    <source>Villages</source>
    <translation>Деревни</translation>
  </message>
  <message>
    <source>Walls</source>
    <translation>Стены</translation>
  </message>
  <message>
    <source>Walls and fences</source>
    <translation>Стены и ограды</translation>
  </message>
  <message>
    <source>Walls and hedges</source>
    <translation>Стены и изгороди</translation>
  </message>
  <message>
    <source>Walls {0}</source>
    <translation>Стены {0}</translation>
  </message>
  <message>
    <source>Water</source>
    <translation>Вода</translation>
  </message>
  <message>
    <source>Ways of which {0} does not hold all nodes are cut or left out: {1}; take a source with whole ways.</source>
    <translation>Линии, не все узлы которых есть в {0}, обрезаны или пропущены: {1}; возьмите источник с целыми линиями.</translation>
  </message>
  <message>
    <source>West</source>
    <translation>Запад</translation>
  </message>
  <message>
    <source>West ({0}) lies east of east ({1}); an area across the antimeridian must be asked for as two, one on each side of it.</source>
    <translation>Запад ({0}) восточнее востока ({1}); область через 180-й меридиан задавайте двумя, по одной с каждой стороны.</translation>
  </message>
  <message>
    <source>West ({0}) lies east of east ({1}); the order is west,south,east,north.</source>
    <translation>Запад ({0}) лежит восточнее востока ({1}); порядок: запад,юг,восток,север.</translation>
  </message>
  <message>
    <source>Wetlands</source>
    <translation>Болота</translation>
  </message>
  <message>
    <source>What is on the map</source>
    <translation>Что есть на карте</translation>
  </message>
  <message>
    <source>Where the lines are cut through, {0} pieces fall out.</source>
    <translation>При сквозной резке по линиям выпадает кусков: {0}.</translation>
  </message>
  <message>
    <source>Whole map</source>
    <translation>Вся карта</translation>
  </message>
  <message>
    <source>Without the overlay, which they cannot hold: {0}.</source>
    <translation>Без своих данных, которых они не могут нести: {0}.</translation>
  </message>
  <message>
    <source>Written: {0}.</source>
    <translation>Записано: {0}.</translation>
  </message>
  <message>
    <source>Xfig has dashes as long as their gaps: {0} kinds of dashes are a little otherwise.</source>
    <translation>В Xfig штрихи равны промежуткам: видов пунктира, которые выглядят немного иначе: {0}.</translation>
  </message>
  <message>
    <source>Xfig has room for {0} colours: {1} others have the one that is most like them.</source>
    <translation>В Xfig помещается {0} цветов: ещё {1} заменены самыми похожими.</translation>
  </message>
  <message>
    <source>Zoom in</source>
    <translation>Приблизить</translation>
  </message>
  <message>
    <source>Zoom out</source>
    <translation>Отдалить</translation>
  </message>
  <message>
    <source>a font of the machine that made this</source>
    <translation>шрифт компьютера, на котором это сделано</translation>
  </message>
  <message>
    <source>a list of words</source>
    <translation>список слов</translation>
  </message>
  <message>
    <source>a list of words or null</source>
    <translation>список слов или null</translation>
  </message>
  <message>
    <source>a number from {0} to {1}</source>
    <translation>число от {0} до {1}</translation>
  </message>
  <message>
    <source>a position is not a list of a longitude and a latitude</source>
    <translation>положение — не список из долготы и широты</translation>
  </message>
  <message>
    <source>a text</source>
    <translation>текст</translation>
  </message>
  <message>
    <source>a web page ({0})</source>
    <translation>веб-страница «{0}»</translation>
  </message>
  <message>
    <source>asking {0}</source>
    <translation>запрос к {0}</translation>
  </message>
  <message>
    <source>assumed</source>
    <translation>принята</translation>
  </message>
  <message>
    <source>blending</source>
    <translation>смешивание</translation>
  </message>
  <message>
    <source>cannot be reached ({0})</source>
    <translation>нет связи: {0}</translation>
  </message>
  <message>
    <source>cannot be reached through the proxy of QGIS's settings</source>
    <translation>нет связи через прокси из настроек QGIS</translation>
  </message>
  <message>
    <source>cannot be read ({0})</source>
    <translation>не читается ({0})</translation>
  </message>
  <message>
    <source>clipping</source>
    <translation>обрезка</translation>
  </message>
  <message>
    <source>closed the connection</source>
    <translation>соединение закрыто</translation>
  </message>
  <message>
    <source>compiling the map</source>
    <translation>сборка карты</translation>
  </message>
  <message>
    <source>could not prove who it is (TLS)</source>
    <translation>подлинность не подтверждена, TLS</translation>
  </message>
  <message>
    <source>cutting at the edge</source>
    <translation>обрезка по краю</translation>
  </message>
  <message>
    <source>degrees</source>
    <translation>градусов</translation>
  </message>
  <message>
    <source>demands {0}, which is not read here; give a plain extract</source>
    <translation>требует {0}, что здесь не читается; дайте обычную выгрузку</translation>
  </message>
  <message>
    <source>downloading</source>
    <translation>загрузка</translation>
  </message>
  <message>
    <source>drawing</source>
    <translation>рисование</translation>
  </message>
  <message>
    <source>drawing glyphs</source>
    <translation>рисуются буквы</translation>
  </message>
  <message>
    <source>drawing layers</source>
    <translation>рисуются слои</translation>
  </message>
  <message>
    <source>east</source>
    <translation>восток</translation>
  </message>
  <message>
    <source>effects or transparency</source>
    <translation>эффекты или прозрачность</translation>
  </message>
  <message>
    <source>glTF 2.0: one node for each layer, one material for each kind of surface; open {0}, {1} beside it.</source>
    <translation>glTF 2.0: узел на каждый слой, материал на каждый вид поверхности; откройте {0}, {1} должен лежать рядом.</translation>
  </message>
  <message>
    <source>holds OSM XML under another ending; call it {0}</source>
    <translation>содержит OSM XML под другим расширением; назовите его {0}</translation>
  </message>
  <message>
    <source>holds changes and no map; apply them to an extract, and give that</source>
    <translation>содержит изменения, а не карту; примените их к выгрузке и укажите её</translation>
  </message>
  <message>
    <source>holds no place</source>
    <translation>не содержит координат</translation>
  </message>
  <message>
    <source>is behind a proxy that wants a user name and a password</source>
    <translation>прокси требует имя и пароль</translation>
  </message>
  <message>
    <source>is cut off or damaged at {0} of {1} bytes; fetch it again</source>
    <translation>обрезан или повреждён на {0} из {1} байт; скачайте его заново</translation>
  </message>
  <message>
    <source>is empty</source>
    <translation>пуст</translation>
  </message>
  <message>
    <source>is no OSM extract</source>
    <translation>не является выгрузкой OSM</translation>
  </message>
  <message>
    <source>is no OSM extract, or is damaged; fetch it again</source>
    <translation>не является выгрузкой OSM или повреждён; скачайте его заново</translation>
  </message>
  <message>
    <source>is no OSM extract; give one of {0}</source>
    <translation>— не выгрузка OSM; подходят {0}</translation>
  </message>
  <message>
    <source>is not whole: the server stopped with {0}; ask it for less at once, or allow it more time</source>
    <translation>неполон: сервер остановился с сообщением {0}; запросите меньше за раз или дайте больше времени</translation>
  </message>
  <message>
    <source>is packed with {0}, which is not read here; convert it with 'osmium cat -f pbf,pbf_compression=zlib'</source>
    <translation>упакован в {0}, что здесь не читается; перекодируйте его: 'osmium cat -f pbf,pbf_compression=zlib'</translation>
  </message>
  <message>
    <source>it has more than {0} KiB; give it as a file</source>
    <translation>в них больше {0} КиБ; дайте их файлом</translation>
  </message>
  <message>
    <source>it has no objects</source>
    <translation>в нём нет объектов</translation>
  </message>
  <message>
    <source>it has the type {0}{1} where there are {2}</source>
    <translation>у них тип {0}{1}, а возможны {2}</translation>
  </message>
  <message>
    <source>it is turned, or cut by a shape</source>
    <translation>он повёрнут или обрезан по фигуре</translation>
  </message>
  <message>
    <source>its features are not a list of 1 to {0}</source>
    <translation>features — не список из 1–{0} объектов</translation>
  </message>
  <message>
    <source>joining streets</source>
    <translation>соединение улиц</translation>
  </message>
  <message>
    <source>km</source>
    <translation>км</translation>
  </message>
  <message>
    <source>laying the ways of the tool</source>
    <translation>пути инструмента</translation>
  </message>
  <message>
    <source>letters as symbols</source>
    <translation>буквы в качестве значков</translation>
  </message>
  <message>
    <source>line {0}, column {1}: {2}</source>
    <translation>строка {0}, столбец {1}: {2}</translation>
  </message>
  <message>
    <source>loading from {0}, {1} MB</source>
    <translation>загрузка с {0}, {1} МБ</translation>
  </message>
  <message>
    <source>looking at {0}</source>
    <translation>просмотр {0}</translation>
  </message>
  <message>
    <source>m</source>
    <translation>м</translation>
  </message>
  <message>
    <source>making parts for the printer</source>
    <translation>детали для печати</translation>
  </message>
  <message>
    <source>making tiles</source>
    <translation>создание тайлов</translation>
  </message>
  <message>
    <source>measuring heights</source>
    <translation>измерение высот</translation>
  </message>
  <message>
    <source>merging</source>
    <translation>объединение</translation>
  </message>
  <message>
    <source>no map data</source>
    <translation>не данные карты</translation>
  </message>
  <message>
    <source>none</source>
    <translation>нет ни одной</translation>
  </message>
  <message>
    <source>north</source>
    <translation>север</translation>
  </message>
  <message>
    <source>nothing</source>
    <translation>ничего</translation>
  </message>
  <message>
    <source>of its levels</source>
    <translation>по этажам</translation>
  </message>
  <message>
    <source>one of {0}</source>
    <translation>одно из {0}</translation>
  </message>
  <message>
    <source>packing tiles</source>
    <translation>упаковка тайлов</translation>
  </message>
  <message>
    <source>painting zoom {0}</source>
    <translation>рисование уровня {0}</translation>
  </message>
  <message>
    <source>patterns or gradients</source>
    <translation>узоры или градиенты</translation>
  </message>
  <message>
    <source>raising buildings</source>
    <translation>подъём зданий</translation>
  </message>
  <message>
    <source>reading the map data</source>
    <translation>чтение данных карты</translation>
  </message>
  <message>
    <source>reading {0}</source>
    <translation>чтение {0}</translation>
  </message>
  <message>
    <source>refuses connections</source>
    <translation>отказ в соединении</translation>
  </message>
  <message>
    <source>simplifying</source>
    <translation>упрощение</translation>
  </message>
  <message>
    <source>sorting</source>
    <translation>сортировка</translation>
  </message>
  <message>
    <source>sorting the map data</source>
    <translation>сортировка данных карты</translation>
  </message>
  <message>
    <source>sorting {0}</source>
    <translation>сортировка {0}</translation>
  </message>
  <message>
    <source>south</source>
    <translation>юг</translation>
  </message>
  <message>
    <source>the coordinates of a geometry are not as its type has them</source>
    <translation>координаты геометрии не таковы, как у её типа</translation>
  </message>
  <message>
    <source>the part {0} is {1}, not an object of tokens</source>
    <translation>часть {0} — это {1}, а не объект с параметрами</translation>
  </message>
  <message>
    <source>the position {0} is not in degrees, longitude first</source>
    <translation>положение {0} — не градусы, долгота первой</translation>
  </message>
  <message>
    <source>the properties of a feature are no object</source>
    <translation>properties объекта — не объект JSON</translation>
  </message>
  <message>
    <source>the server is busy, next try in {0} s</source>
    <translation>сервер занят, следующая попытка через {0} с</translation>
  </message>
  <message>
    <source>there is no part {0}{1}</source>
    <translation>нет части {0}{1}</translation>
  </message>
  <message>
    <source>there is no {0}.{1}{2}</source>
    <translation>нет {0}.{1}{2}</translation>
  </message>
  <message>
    <source>true or false</source>
    <translation>true или false</translation>
  </message>
  <message>
    <source>unpacking {0}</source>
    <translation>распаковка {0}</translation>
  </message>
  <message>
    <source>waiting for {0}, {1} s</source>
    <translation>ожидание {0}, {1} с</translation>
  </message>
  <message>
    <source>was not found</source>
    <translation>не найден</translation>
  </message>
  <message>
    <source>west</source>
    <translation>запад</translation>
  </message>
  <message>
    <source>words among {0}{1}</source>
    <translation>слова из {0}{1}</translation>
  </message>
  <message>
    <source>writing the page</source>
    <translation>записывается страница</translation>
  </message>
  <message>
    <source>writing the store</source>
    <translation>запись хранилища</translation>
  </message>
  <message>
    <source>writing {0}</source>
    <translation>запись: {0}</translation>
  </message>
  <message>
    <source>{0} (in {1}) is not a finite number.</source>
    <translation>{0} (в {1}) — не конечное число.</translation>
  </message>
  <message>
    <source>{0} ({1} in its place)</source>
    <translation>{0} (вместо него {1})</translation>
  </message>
  <message>
    <source>{0} and {1}</source>
    <translation>{0} и {1}</translation>
  </message>
  <message>
    <source>{0} and {1} more</source>
    <translation>{0} и ещё {1}</translation>
  </message>
  <message>
    <source>{0} came out blank.</source>
    <translation>Файл {0} получился пустым.</translation>
  </message>
  <message>
    <source>{0} came out empty.</source>
    <translation>Файл {0} получился пустым.</translation>
  </message>
  <message>
    <source>{0} came out without {1}.</source>
    <translation>{0}: в файле не хватает: {1}.</translation>
  </message>
  <message>
    <source>{0} could not be put in its place: {1}.</source>
    <translation>Не удалось поместить {0} на место: {1}.</translation>
  </message>
  <message>
    <source>{0} could not be replaced ({1}); close it in other programs, or choose another name.</source>
    <translation>Файл {0} не удалось заменить ({1}); закройте его в других программах или выберите другое имя.</translation>
  </message>
  <message>
    <source>{0} could not be written: the disk of {1} is full.</source>
    <translation>{0}: не записано, диск с {1} заполнен.</translation>
  </message>
  <message>
    <source>{0} could not be written: {1}.</source>
    <translation>Не удалось записать {0}: {1}.</translation>
  </message>
  <message>
    <source>{0} does not hold the page of a layout; take a format of artwork, or an image.</source>
    <translation>{0} не может хранить страницу макета; выберите формат векторной графики или изображение.</translation>
  </message>
  <message>
    <source>{0} does not hold what was written to it.</source>
    <translation>Файл {0} содержит не то, что было записано.</translation>
  </message>
  <message>
    <source>{0} does not open again with its place.</source>
    <translation>{0}: файл не открывается с привязкой.</translation>
  </message>
  <message>
    <source>{0} does not open again.</source>
    <translation>Файл {0} не открывается.</translation>
  </message>
  <message>
    <source>{0} does not open again: {1}.</source>
    <translation>Файл {0} не открывается: {1}.</translation>
  </message>
  <message>
    <source>{0} formats are too many; at most {1}.</source>
    <translation>Слишком много форматов: {0}; можно не более {1}.</translation>
  </message>
  <message>
    <source>{0} has 16 bits of grey a pixel, the northern row first; a pixel is {1} {2} wide. 0 is no data (outside the area), every other value v is a roof (v - 1) x {3} m above the ground, and 1 the ground. {4} has these numbers for programs, {5} and {6} where it lies ({7}); .aux.xml tells GDAL and QGIS all of it.</source>
    <translation>В {0} 16 бит серого на пиксель, северный ряд первый; ширина пикселя: {1} {2}. 0 — нет данных (вне области), любое другое значение v — крыша на высоте (v - 1) x {3} м над землёй, а 1 — земля. В {4} эти числа для программ, в {5} и {6} — где лежит картинка ({7}); .aux.xml говорит всё это GDAL и QGIS.</translation>
  </message>
  <message>
    <source>{0} has a page of the wrong size.</source>
    <translation>В файле {0} лист не того размера.</translation>
  </message>
  <message>
    <source>{0} has dashes of its own: {1} kinds of dashes are a little otherwise.</source>
    <translation>В {0} свои виды штриха: переданных неточно: {1}.</translation>
  </message>
  <message>
    <source>{0} has not all lines that were written to it.</source>
    <translation>{0}: не все линии, что были записаны.</translation>
  </message>
  <message>
    <source>{0} has not all triangles of {1}.</source>
    <translation>В файле {0} не все треугольники слоя {1}.</translation>
  </message>
  <message>
    <source>{0} holds names as outlines: {1} of them.</source>
    <translation>{0} содержит названия как контуры: {1}.</translation>
  </message>
  <message>
    <source>{0} holds {1} of {2} layers.</source>
    <translation>В файле {0} {1} из {2} слоёв.</translation>
  </message>
  <message>
    <source>{0} holds {1} of {2} lines of text.</source>
    <translation>В файле {0} {1} из {2} строк текста.</translation>
  </message>
  <message>
    <source>{0} holds {1} of {2} objects in the layer {3}.</source>
    <translation>В файле {0} {1} из {2} объектов слоя {3}.</translation>
  </message>
  <message>
    <source>{0} holds {1} of {2} objects, or other layers.</source>
    <translation>{0} содержит {1} объектов из {2} или другие слои.</translation>
  </message>
  <message>
    <source>{0} holds {1} of {2} tiles.</source>
    <translation>{0}: в файле тайлов {1} из {2}.</translation>
  </message>
  <message>
    <source>{0} holds {1} pixels a side, not {2}; choose fewer DPI, a smaller page, or another format.</source>
    <translation>{0} вмещает {1} пикселей по стороне, а не {2}; уменьшите разрешение, лист или выберите другой формат.</translation>
  </message>
  <message>
    <source>{0} house numbers have no street of the name in their address near them, and are not searched.</source>
    <translation>Номеров домов, рядом с которыми нет улицы с названием из адреса: {0}; поиск их не находит.</translation>
  </message>
  <message>
    <source>{0} is a folder; move it, or choose another name.</source>
    <translation>{0} — это папка; переместите её или выберите другое имя.</translation>
  </message>
  <message>
    <source>{0} is in the catalogue and not available yet.</source>
    <translation>{0} есть в каталоге, но пока недоступен.</translation>
  </message>
  <message>
    <source>{0} is made of OpenStreetMap's own data, not of a project's layers; leave it out.</source>
    <translation>{0} делается из самих данных OpenStreetMap, а не из слоёв проекта; уберите этот формат.</translation>
  </message>
  <message>
    <source>{0} is not whole.</source>
    <translation>Файл {0} записан не целиком.</translation>
  </message>
  <message>
    <source>{0} is slow with {1} shapes: those that look alike are together.</source>
    <translation>{0} медленно работает с фигурами, которых здесь {1}: одинаковые с виду объединены.</translation>
  </message>
  <message>
    <source>{0} is without the pictures of the layer {1}.</source>
    <translation>{0} без изображений слоя {1}.</translation>
  </message>
  <message>
    <source>{0} is {1}, and must be a number of MB.</source>
    <translation>{0} имеет значение {1}, а нужно число МБ.</translation>
  </message>
  <message>
    <source>{0} is {1}, and must be the full path of a folder.</source>
    <translation>{0}: {1}, а нужен полный путь к папке.</translation>
  </message>
  <message>
    <source>{0} is {1}, not a text</source>
    <translation>{0} — это {1}, а не текст</translation>
  </message>
  <message>
    <source>{0} km2 at detail level {1} are too much for Overpass, which gives {2} km2 at most; choose a smaller area or a lower detail level, or take an extract with SOURCE.</source>
    <translation>{0} км² при детальности {1} — слишком много для Overpass, он отдаёт не более {2} км²; выберите область меньше, детальность ниже или возьмите выгрузку OSM.</translation>
  </message>
  <message>
    <source>{0} knows no Unicode: names of layers that are not Western European are in the code page 1251, with ? for letters that it lacks.</source>
    <translation>{0} не знает Юникода: незападноевропейские имена слоёв записаны в кодовой странице 1251, недостающие буквы заменены на «?».</translation>
  </message>
  <message>
    <source>{0} knows no bent names: outlines stand for {1} of them.</source>
    <translation>{0} не знает изогнутых названий: контурами заменено {1}.</translation>
  </message>
  <message>
    <source>{0} knows no spaced names: outlines stand for {1} of them.</source>
    <translation>{0} не знает названий вразрядку: контурами заменено {1}.</translation>
  </message>
  <message>
    <source>{0} knows no transparency: what shines through has the colour that is seen.</source>
    <translation>{0} не знает прозрачности: просвечивающее получило видимый цвет.</translation>
  </message>
  <message>
    <source>{0} knows no turned names: outlines stand for {1} of them.</source>
    <translation>{0} не знает повёрнутых названий: контурами заменено {1}.</translation>
  </message>
  <message>
    <source>{0} lacks letters of {1} names: outlines stand for them.</source>
    <translation>{0} не имеет букв для некоторых названий ({1}): они даны контурами.</translation>
  </message>
  <message>
    <source>{0} lacks {1}.</source>
    <translation>В файле {0} не хватает: {1}.</translation>
  </message>
  <message>
    <source>{0} leads round in a circle; check its address, or take an extract with SOURCE.</source>
    <translation>{0} перенаправляет по кругу; проверьте адрес или возьмите выгрузку OSM.</translation>
  </message>
  <message>
    <source>{0} names are cut after {1} letters.</source>
    <translation>Названий, обрезанных после {1} букв: {0}.</translation>
  </message>
  <message>
    <source>{0} names are in a script whose letters join or stack, which MapLibre shows one by one; the tiles themselves have them whole.</source>
    <translation>{0} названий — на письме, буквы которого соединяются или стоят друг над другом; MapLibre показывает их по отдельности, а в самих тайлах названия целы.</translation>
  </message>
  <message>
    <source>{0} names have letters that code page {1} has not, with question marks in their place: choose the code page unicode, which newer devices and BaseCamp show.</source>
    <translation>Названий с буквами, которых нет в кодовой странице {1} и вместо которых стоят вопросительные знаки: {0}; выберите кодовую страницу unicode, её показывают новые приборы и BaseCamp.</translation>
  </message>
  <message>
    <source>{0} names of the overlay have no room; choose a larger page or a larger scale.</source>
    <translation>Для {0} подписей своих данных нет места; выберите лист больше или масштаб крупнее.</translation>
  </message>
  <message>
    <source>{0} needs GDAL's driver {1}, which this GDAL has not.</source>
    <translation>{0} требует драйвер GDAL {1}, которого в этой сборке GDAL нет.</translation>
  </message>
  <message>
    <source>{0} needs a CMYK colour profile, and this machine has none.</source>
    <translation>{0} требует цветовой профиль CMYK, а на этом компьютере его нет.</translation>
  </message>
  <message>
    <source>{0} needs a CMYK colour profile, such as that of Ghostscript: apt install ghostscript, or ghostscript.com.</source>
    <translation>{0} требует цветовой профиль CMYK, например из Ghostscript: apt install ghostscript или ghostscript.com.</translation>
  </message>
  <message>
    <source>{0} needs a newer GDAL, whose driver {1} writes.</source>
    <translation>Для формата {0} нужна более новая GDAL, где драйвер {1} умеет записывать.</translation>
  </message>
  <message>
    <source>{0} needs the Python library {1}: python3 -m pip install {2}.</source>
    <translation>{0} требует библиотеку Python {1}: python3 -m pip install {2}.</translation>
  </message>
  <message>
    <source>{0} needs the program {1}: apt install {2}, or {3}.</source>
    <translation>{0} требует программу {1}: apt install {2} или {3}.</translation>
  </message>
  <message>
    <source>{0} objects are too small for the tiles ({1}); a higher detail level has larger zooms.</source>
    <translation>{0} объектов слишком малы для тайлов ({1}); при большей детализации есть более крупные уровни.</translation>
  </message>
  <message>
    <source>{0} of {1} buildings have no height or levels and are taken as {2} m high.</source>
    <translation>У {0} из {1} зданий не указаны ни высота, ни этажность: их высота принята за {2} м.</translation>
  </message>
  <message>
    <source>{0} of {1} buildings have no height or levels and are taken as {2} to {3} m high, by their kind.</source>
    <translation>У {0} из {1} зданий не указаны ни высота, ни этажность: по виду здания их высота принята от {2} до {3} м.</translation>
  </message>
  <message>
    <source>{0} pieces of paths that are not for cars are left out of {1}.</source>
    <translation>Отрезки дорожек не для автомобилей не вошли в {1}: {0}.</translation>
  </message>
  <message>
    <source>{0} restrictions of turns hold at some times alone or do not say which turn, and are left out.</source>
    <translation>Ограничений поворотов, которые действуют лишь в некоторое время или не говорят, о каком повороте речь: {0}; они опущены.</translation>
  </message>
  <message>
    <source>{0} sent {1}, as no Overpass server does; check its address and the network, or take an extract with SOURCE.</source>
    <translation>{0} прислал то, чего сервер Overpass не присылает ({1}); проверьте адрес и сеть или возьмите выгрузку OSM.</translation>
  </message>
  <message>
    <source>{0} should hold fonts that this machine lacks: {1}; install them and export again.</source>
    <translation>В {0} должны быть шрифты, которых на этом компьютере нет: {1}; установите их и повторите экспорт.</translation>
  </message>
  <message>
    <source>{0} shows the map in any browser, without a server: open it where it lies, or put it on a web server. {1} is the same map as a MapLibre style, with {2}/ and sprite.*; on your server set its addresses. Where {3} lies beside it, it is MapLibre's plugin for names that run from the right.</source>
    <translation>{0} показывает карту в любом браузере без сервера: откройте файл там, где он лежит, или положите на веб-сервер. {1} — та же карта как стиль MapLibre, с {2}/ и sprite.*; на своём сервере впишите в него адреса. Если рядом лежит {3}, это модуль MapLibre для названий, которые пишутся справа налево.</translation>
  </message>
  <message>
    <source>{0} tells where a page lies, which this one does not: its reference map has to be upright, in a CRS in metres.</source>
    <translation>{0} сообщает, где лежит страница, а эта не сообщает: её опорная карта должна быть не повёрнута и в системе координат в метрах.</translation>
  </message>
  <message>
    <source>{0} tiles at zoom {1} would be larger than {2} kB and are without {3} small objects ({4}); leave layers out to have the others whole.</source>
    <translation>{0} тайлов на уровне {1} были бы больше {2} КБ, и в них нет {3} мелких объектов ({4}); уберите часть слоёв, чтобы остальные были целыми.</translation>
  </message>
  <message>
    <source>{0} to {1}</source>
    <translation>от {0} до {1}</translation>
  </message>
  <message>
    <source>{0}, or a proxy on the way to it, refused the request with {1}{2}; check the network</source>
    <translation>{0} или прокси по пути к нему отклонил запрос ({1}{2}); проверьте сеть</translation>
  </message>
  <message>
    <source>{0}, or take an extract with SOURCE.</source>
    <translation>{0}, или возьмите выгрузку OSM.</translation>
  </message>
  <message>
    <source>{0}, zooms {1} to {2}, Web Mercator (EPSG:3857), as {3} with rows that count southwards.</source>
    <translation>{0}, масштабы от {1} до {2}, Web Mercator (EPSG:3857), файлы {3}, ряды считаются к югу.</translation>
  </message>
  <message>
    <source>{0}.{1} is {2}, not {3}</source>
    <translation>{0}.{1} — это {2}, а не {3}</translation>
  </message>
  <message>
    <source>{0}: areas</source>
    <translation>{0}: площади</translation>
  </message>
  <message>
    <source>{0}: it has no elements.</source>
    <translation>{0}: в нём нет элементов.</translation>
  </message>
  <message>
    <source>{0}: it is nested too deeply.</source>
    <translation>{0}: слишком глубокая вложенность.</translation>
  </message>
  <message>
    <source>{0}: lines</source>
    <translation>{0}: линии</translation>
  </message>
  <message>
    <source>{0}: points</source>
    <translation>{0}: точки</translation>
  </message>
  <message>
    <source>{0}: texts that are too long (254 bytes) or have letters that the code page lacks: {1}; {2} in the zip has them whole, by osm_id.</source>
    <translation>{0}: тексты, которые слишком длинны (254 байта) или содержат буквы, которых нет в кодовой странице: {1}; целиком они записаны в {2} в архиве, по osm_id.</translation>
  </message>
</context>
<context>
  <name>website</name>
  <message>
    <source>1 overview to 6 site; 3 by itself.</source>
    <translation>От 1 (обзор) до 6 (участок); если не указано — 3.</translation>
  </message>
  <message>
    <source>202 where it runs and is being stopped.</source>
    <translation>202, если оно выполняется и его останавливают.</translation>
  </message>
  <message>
    <source>3D</source>
    <translation>3D-модели</translation>
  </message>
  <message>
    <source>; 0 {0}</source>
    <translation>; 0 — {0}</translation>
  </message>
  <message>
    <source>A box in degrees, WGS 84. An area across the antimeridian is asked for as two.</source>
    <translation>Прямоугольник в градусах, WGS 84. Область через 180-й меридиан запрашивают двумя.</translation>
  </message>
  <message>
    <source>A fault of the server's.</source>
    <translation>Ошибка сервера.</translation>
  </message>
  <message>
    <source>A field of the page holds what it cannot.</source>
    <translation>В одном из полей страницы то, чего в нём быть не может.</translation>
  </message>
  <message>
    <source>A file of the task would have been too large; ask for a smaller area.</source>
    <translation>Файл вышел бы слишком большим; возьмите меньшую область.</translation>
  </message>
  <message>
    <source>A format that was chosen is not in the tier.</source>
    <translation>Выбранный формат не входит в тариф.</translation>
  </message>
  <message>
    <source>A map takes about</source>
    <translation>Карта занимает около</translation>
  </message>
  <message>
    <source>A name is one line of at most two hundred characters.</source>
    <translation>Имя — одна строка, не длиннее двухсот знаков.</translation>
  </message>
  <message>
    <source>A new key in its place; this one works for a day more</source>
    <translation>Новый ключ вместо него; этот работает ещё сутки</translation>
  </message>
  <message>
    <source>A polygon needs three corners or more.</source>
    <translation>У многоугольника должно быть не меньше трёх вершин.</translation>
  </message>
  <message>
    <source>API reference</source>
    <translation>Справочник API</translation>
  </message>
  <message>
    <source>About {0}, {1}</source>
    <translation>Около {0}, {1}</translation>
  </message>
  <message>
    <source>Accepted</source>
    <translation>Принято</translation>
  </message>
  <message>
    <source>Account</source>
    <translation>Аккаунт</translation>
  </message>
  <message>
    <source>Accounts</source>
    <translation>Аккаунты</translation>
  </message>
  <message>
    <source>Accounts are made by the operator of this server:</source>
    <translation>Аккаунты создаёт владелец этого сервера:</translation>
  </message>
  <message>
    <source>Accounts by tier</source>
    <translation>Аккаунты по тарифам</translation>
  </message>
  <message>
    <source>Actions</source>
    <translation>Действия</translation>
  </message>
  <message>
    <source>Address</source>
    <translation>Адрес</translation>
  </message>
  <message>
    <source>All</source>
    <translation>Все</translation>
  </message>
  <message>
    <source>An ETag: 304 where nothing changed.</source>
    <translation>ETag: 304, если ничего не изменилось.</translation>
  </message>
  <message>
    <source>An ETag: 412 where the file is another one.</source>
    <translation>ETag: 412, если файл уже другой.</translation>
  </message>
  <message>
    <source>An area (bbox or geometry), one to five formats, and how the map is made. map_style and detail_level may stand here or in config.</source>
    <translation>Область (bbox или geometry), от одного до пяти форматов и то, как делается карта. map_style и detail_level могут стоять здесь или в config.</translation>
  </message>
  <message>
    <source>An outline from a file</source>
    <translation>Контур из файла</translation>
  </message>
  <message>
    <source>Answers</source>
    <translation>Ответы</translation>
  </message>
  <message>
    <source>Answers at once; ask /api/status until the task is completed or failed. Only an accepted task counts against the day's quota.</source>
    <translation>Отвечает сразу; спрашивайте /api/status, пока задание не будет выполнено (completed) или не удастся (failed). В дневную норму идёт только принятое задание.</translation>
  </message>
  <message>
    <source>Area</source>
    <translation>Область</translation>
  </message>
  <message>
    <source>As of {0} UTC.</source>
    <translation>На {0} UTC.</translation>
  </message>
  <message>
    <source>Ask for another one</source>
    <translation>Запросить новую</translation>
  </message>
  <message>
    <source>At most {0} formats at a time.</source>
    <translation>Не больше {0} форматов за раз.</translation>
  </message>
  <message>
    <source>CAD</source>
    <translation>САПР</translation>
  </message>
  <message>
    <source>Cancel</source>
    <translation>Отменить</translation>
  </message>
  <message>
    <source>Cancel a task, or delete its results</source>
    <translation>Отменить задание или удалить его файлы</translation>
  </message>
  <message>
    <source>Cancelled.</source>
    <translation>Отменено.</translation>
  </message>
  <message>
    <source>Change the password</source>
    <translation>Сменить пароль</translation>
  </message>
  <message>
    <source>Choose a password</source>
    <translation>Выбрать пароль</translation>
  </message>
  <message>
    <source>Choose an area first: draw a box on the map.</source>
    <translation>Сначала выберите область: обведите её рамкой на карте.</translation>
  </message>
  <message>
    <source>Choose another password</source>
    <translation>Новый пароль</translation>
  </message>
  <message>
    <source>Choose it</source>
    <translation>Сохранить</translation>
  </message>
  <message>
    <source>Choose one format or more.</source>
    <translation>Выберите хотя бы один формат.</translation>
  </message>
  <message>
    <source>Choose one layer or more.</source>
    <translation>Выберите хотя бы один слой.</translation>
  </message>
  <message>
    <source>Chosen: {0}</source>
    <translation>Выбрано: {0}</translation>
  </message>
  <message>
    <source>Close</source>
    <translation>Закрыть</translation>
  </message>
  <message>
    <source>Confirm your address</source>
    <translation>Подтвердите адрес</translation>
  </message>
  <message>
    <source>Connections</source>
    <translation>Соединения</translation>
  </message>
  <message>
    <source>Copied</source>
    <translation>Скопировано</translation>
  </message>
  <message>
    <source>Copy</source>
    <translation>Скопировать</translation>
  </message>
  <message>
    <source>Copy a link to this choice</source>
    <translation>Скопировать ссылку на этот выбор</translation>
  </message>
  <message>
    <source>Copy it now: it is shown this once, and nobody can show it again.</source>
    <translation>Скопируйте его сейчас: он показан один раз, больше его никто не увидит.</translation>
  </message>
  <message>
    <source>Corel, Illustrator</source>
    <translation>Corel и Illustrator</translation>
  </message>
  <message>
    <source>Create Key</source>
    <translation>Создать ключ</translation>
  </message>
  <message>
    <source>Create a task</source>
    <translation>Создать задание</translation>
  </message>
  <message>
    <source>Created</source>
    <translation>Создан</translation>
  </message>
  <message>
    <source>Database</source>
    <translation>База данных</translation>
  </message>
  <message>
    <source>Delete files</source>
    <translation>Удалить файлы</translation>
  </message>
  <message>
    <source>Delete the account</source>
    <translation>Удалить аккаунт</translation>
  </message>
  <message>
    <source>Detail</source>
    <translation>Подробность</translation>
  </message>
  <message>
    <source>Download a result</source>
    <translation>Скачать файл</translation>
  </message>
  <message>
    <source>Download all that is kept of me</source>
    <translation>Скачать всё, что хранится обо мне</translation>
  </message>
  <message>
    <source>Download {0}</source>
    <translation>Скачать {0}</translation>
  </message>
  <message>
    <source>Drag over the map.</source>
    <translation>Проведите по карте.</translation>
  </message>
  <message>
    <source>Draw a box</source>
    <translation>Рамка</translation>
  </message>
  <message>
    <source>Draw a box on the map, or type its sides in degrees.</source>
    <translation>Обведите область на карте или впишите её края в градусах.</translation>
  </message>
  <message>
    <source>Draw a polygon</source>
    <translation>Многоугольник</translation>
  </message>
  <message>
    <source>E-mail</source>
    <translation>Эл. почта</translation>
  </message>
  <message>
    <source>East</source>
    <translation>Восток</translation>
  </message>
  <message>
    <source>East, -180 to 180.</source>
    <translation>Восток, от -180 до 180.</translation>
  </message>
  <message>
    <source>Every answer carries the task's true status word, errors too.</source>
    <translation>В каждом ответе, и в ошибке, стоит настоящее состояние задания.</translation>
  </message>
  <message>
    <source>Every error is a JSON object with error (a sentence), code (for programs), hint (what to do), request_id, and what else is known of it. An address that is not here answers 404, another method 405. CORS is open to every origin; nothing is read from cookies. /ws/task/{id} closes at once with 1001: poll the status every 2 seconds.</source>
    <translation>Каждая ошибка — объект JSON: error (фраза), code (для программ), hint (что делать), request_id и всё, что ещё о ней известно. Неизвестный адрес отвечает 404, другой метод — 405. CORS открыт для всех; cookie не читаются. /ws/task/{id} сразу закрывается с 1001: спрашивайте состояние каждые 2 секунды.</translation>
  </message>
  <message>
    <source>Failures</source>
    <translation>Сбои</translation>
  </message>
  <message>
    <source>Fields of {0}</source>
    <translation>Поля {0}</translation>
  </message>
  <message>
    <source>File</source>
    <translation>Файл</translation>
  </message>
  <message>
    <source>Files are kept</source>
    <translation>Файлы хранятся</translation>
  </message>
  <message>
    <source>Finished and kept</source>
    <translation>Готово и хранится</translation>
  </message>
  <message>
    <source>Finished.</source>
    <translation>Готово.</translation>
  </message>
  <message>
    <source>Forgot the password?</source>
    <translation>Забыли пароль?</translation>
  </message>
  <message>
    <source>Format</source>
    <translation>Формат</translation>
  </message>
  <message>
    <source>Formats</source>
    <translation>Форматы</translation>
  </message>
  <message>
    <source>Formats here</source>
    <translation>Форматов здесь</translation>
  </message>
  <message>
    <source>Formats, styles, layers</source>
    <translation>Форматы, стили, слои</translation>
  </message>
  <message>
    <source>Free on the disk</source>
    <translation>Свободно на диске</translation>
  </message>
  <message>
    <source>From</source>
    <translation>Откуда</translation>
  </message>
  <message>
    <source>GB</source>
    <translation>ГБ</translation>
  </message>
  <message>
    <source>GIS</source>
    <translation>ГИС</translation>
  </message>
  <message>
    <source>Go on with {0}</source>
    <translation>Войти через {0}</translation>
  </message>
  <message>
    <source>Guests</source>
    <translation>Гости</translation>
  </message>
  <message>
    <source>How a task is</source>
    <translation>Как идёт задание</translation>
  </message>
  <message>
    <source>How many at most.</source>
    <translation>Сколько, самое большее.</translation>
  </message>
  <message>
    <source>How often</source>
    <translation>Сколько раз</translation>
  </message>
  <message>
    <source>How the map is made.</source>
    <translation>Как делается карта.</translation>
  </message>
  <message>
    <source>How the map is made; what is left out or null has its default.</source>
    <translation>Как делается карта; у того, что пропущено или null, обычное значение.</translation>
  </message>
  <message>
    <source>I have an account</source>
    <translation>У меня есть аккаунт</translation>
  </message>
  <message>
    <source>If there is an account with this address, a link is on its way to it.</source>
    <translation>Если аккаунт с таким адресом есть, ссылка уже отправлена.</translation>
  </message>
  <message>
    <source>Images</source>
    <translation>Изображения</translation>
  </message>
  <message>
    <source>In the making</source>
    <translation>Делается</translation>
  </message>
  <message>
    <source>It comes without any warranty. Whoever runs this server is responsible for it.</source>
    <translation>Без каких-либо гарантий. За этот сервер отвечает тот, кто его запустил.</translation>
  </message>
  <message>
    <source>It failed.</source>
    <translation>Не получилось.</translation>
  </message>
  <message>
    <source>It has {0} points; at most {1} can be taken.</source>
    <translation>Точек: {0}; можно взять не больше {1}.</translation>
  </message>
  <message>
    <source>It is done, and stands in the account's history.</source>
    <translation>Сделано и записано в истории аккаунта.</translation>
  </message>
  <message>
    <source>It may</source>
    <translation>Он может</translation>
  </message>
  <message>
    <source>Its box instead</source>
    <translation>Взять прямоугольник</translation>
  </message>
  <message>
    <source>Just now</source>
    <translation>Сейчас</translation>
  </message>
  <message>
    <source>Key</source>
    <translation>Ключ</translation>
  </message>
  <message>
    <source>Keys</source>
    <translation>Ключи</translation>
  </message>
  <message>
    <source>Keys stop working, tasks end, files are not kept any more. This cannot be taken back.</source>
    <translation>Ключи перестанут работать, задания остановятся, файлы больше не хранятся. Отменить это нельзя.</translation>
  </message>
  <message>
    <source>Language of names</source>
    <translation>Язык названий</translation>
  </message>
  <message>
    <source>Largest area</source>
    <translation>Наибольшая область</translation>
  </message>
  <message>
    <source>Last maps</source>
    <translation>Последние карты</translation>
  </message>
  <message>
    <source>Last used</source>
    <translation>Использован</translation>
  </message>
  <message>
    <source>Last, UTC</source>
    <translation>Последний, UTC</translation>
  </message>
  <message>
    <source>Layers</source>
    <translation>Слои</translation>
  </message>
  <message>
    <source>Look</source>
    <translation>Вид</translation>
  </message>
  <message>
    <source>Look into your mail: the link in it finishes your account.</source>
    <translation>Загляните в почту: ссылка в письме завершит регистрацию.</translation>
  </message>
  <message>
    <source>MB</source>
    <translation>МБ</translation>
  </message>
  <message>
    <source>Machine</source>
    <translation>Машина</translation>
  </message>
  <message>
    <source>Make a map</source>
    <translation>Сделать карту</translation>
  </message>
  <message>
    <source>Make the first one</source>
    <translation>Сделайте первую</translation>
  </message>
  <message>
    <source>Make the map</source>
    <translation>Сделать карту</translation>
  </message>
  <message>
    <source>Map data</source>
    <translation>Данные карты</translation>
  </message>
  <message>
    <source>Map style, see /api/styles.</source>
    <translation>Стиль карты, см. /api/styles.</translation>
  </message>
  <message>
    <source>Map: drag to move it, press Draw a box to choose the area</source>
    <translation>Карта: тяните, чтобы сдвинуть; кнопка «Рамка» выбирает область</translation>
  </message>
  <message>
    <source>Maps a day</source>
    <translation>Карт в день</translation>
  </message>
  <message>
    <source>Maps are being made.</source>
    <translation>Карты делаются.</translation>
  </message>
  <message>
    <source>Maps of OpenStreetMap data as files, in three steps: POST /api/render makes a task, GET /api/status/{id} says how it is, GET /api/download/{id}/{format} brings a file.</source>
    <translation>Карты по данным OpenStreetMap в файлах, за три шага: POST /api/render создаёт задание, GET /api/status/{id} говорит, как оно идёт, GET /api/download/{id}/{format} отдаёт файл.</translation>
  </message>
  <message>
    <source>Maps of OpenStreetMap data as files: pick an area, a look and formats, and download them.</source>
    <translation>Карты по данным OpenStreetMap в файлах: выберите область, вид и форматы и скачайте их.</translation>
  </message>
  <message>
    <source>Maps today</source>
    <translation>Карт сегодня</translation>
  </message>
  <message>
    <source>May</source>
    <translation>Может</translation>
  </message>
  <message>
    <source>Memory, supervisor</source>
    <translation>Память, супервизор</translation>
  </message>
  <message>
    <source>Memory, tasks</source>
    <translation>Память, задания</translation>
  </message>
  <message>
    <source>Memory, web</source>
    <translation>Память, веб</translation>
  </message>
  <message>
    <source>Name</source>
    <translation>Имя</translation>
  </message>
  <message>
    <source>Name of the new key</source>
    <translation>Имя нового ключа</translation>
  </message>
  <message>
    <source>New password</source>
    <translation>Новый пароль</translation>
  </message>
  <message>
    <source>No account has that in its address.</source>
    <translation>Ни у одного аккаунта нет такого в адресе.</translation>
  </message>
  <message>
    <source>No format is called so.</source>
    <translation>Такого формата нет.</translation>
  </message>
  <message>
    <source>No key is needed.</source>
    <translation>Ключ не нужен.</translation>
  </message>
  <message>
    <source>No keys yet. Create one, and your programs can make maps.</source>
    <translation>Ключей пока нет. Создайте один, и ваши программы смогут делать карты.</translation>
  </message>
  <message>
    <source>No maps are made just now: the server starts, or ends. Tasks that wait are kept.</source>
    <translation>Сейчас карты не делаются: сервер запускается или завершает работу. Ожидающие задания сохраняются.</translation>
  </message>
  <message>
    <source>No maps yet.</source>
    <translation>Карт пока нет.</translation>
  </message>
  <message>
    <source>No place is called so in this server's data.</source>
    <translation>В данных этого сервера нет места с таким названием.</translation>
  </message>
  <message>
    <source>No task has failed.</source>
    <translation>Ни одно задание не сорвалось.</translation>
  </message>
  <message>
    <source>Nobody could sign in to this account then. Choose a password first.</source>
    <translation>Тогда в эту учётную запись никто не смог бы войти. Сначала выберите пароль.</translation>
  </message>
  <message>
    <source>None</source>
    <translation>Никаких</translation>
  </message>
  <message>
    <source>North</source>
    <translation>Север</translation>
  </message>
  <message>
    <source>North, -85.06 to 85.06.</source>
    <translation>Север, от -85.06 до 85.06.</translation>
  </message>
  <message>
    <source>Not Modified</source>
    <translation>Без изменений</translation>
  </message>
  <message>
    <source>Not now: the task has not ended, or the Idempotency-Key was used for another request.</source>
    <translation>Не сейчас: задание не закончено, или этот Idempotency-Key уже был у другого запроса.</translation>
  </message>
  <message>
    <source>Nothing yet.</source>
    <translation>Пока ничего.</translation>
  </message>
  <message>
    <source>Numbers for Prometheus</source>
    <translation>Числа для Prometheus</translation>
  </message>
  <message>
    <source>Of a signed link.</source>
    <translation>Из подписанной ссылки.</translation>
  </message>
  <message>
    <source>Of an account: the e-mail address, a hash of the password, hashes of its keys, what was done with it, and from which network. All of it can be downloaded and deleted under Settings.</source>
    <translation>Об учётной записи: адрес почты, хеш пароля, хеши ключей, что с ней делали и из какой сети. Всё это можно скачать и удалить в настройках.</translation>
  </message>
  <message>
    <source>Of guests: a hash of the network that they come from, so that the day's maps can be counted.</source>
    <translation>О гостях: хеш сети, из которой они приходят, чтобы считать карты за день.</translation>
  </message>
  <message>
    <source>Of the last {0} tasks that failed. More of one:</source>
    <translation>По последним {0} сорвавшимся заданиям. Подробнее об одном:</translation>
  </message>
  <message>
    <source>Older ones</source>
    <translation>Более ранние</translation>
  </message>
  <message>
    <source>One range of bytes.</source>
    <translation>Один диапазон байтов.</translation>
  </message>
  <message>
    <source>One takes</source>
    <translation>Одно занимает</translation>
  </message>
  <message>
    <source>One to five formats, each once; see /api/formats.</source>
    <translation>От одного до пяти форматов, каждый один раз; см. /api/formats.</translation>
  </message>
  <message>
    <source>Open</source>
    <translation>Открыть</translation>
  </message>
  <message>
    <source>Open a file</source>
    <translation>Открыть файл</translation>
  </message>
  <message>
    <source>Open this link to choose another password for your osm2cdr account:</source>
    <translation>Откройте ссылку, чтобы задать новый пароль для аккаунта osm2cdr:</translation>
  </message>
  <message>
    <source>Open this link to finish your osm2cdr account:</source>
    <translation>Откройте ссылку, чтобы завершить регистрацию в osm2cdr:</translation>
  </message>
  <message>
    <source>Operator</source>
    <translation>Управление</translation>
  </message>
  <message>
    <source>Orientation</source>
    <translation>Ориентация</translation>
  </message>
  <message>
    <source>Other services</source>
    <translation>Другие службы</translation>
  </message>
  <message>
    <source>Overview</source>
    <translation>Обзор</translation>
  </message>
  <message>
    <source>Page</source>
    <translation>Лист</translation>
  </message>
  <message>
    <source>Pages</source>
    <translation>Страницы</translation>
  </message>
  <message>
    <source>Pages load nothing from anybody else, and nobody else is told what you look for.</source>
    <translation>Страницы не загружают ничего чужого, и никто другой не узнаёт, что вы ищете.</translation>
  </message>
  <message>
    <source>Parameters</source>
    <translation>Параметры</translation>
  </message>
  <message>
    <source>Parameters of {0}</source>
    <translation>Параметры {0}</translation>
  </message>
  <message>
    <source>Partial Content</source>
    <translation>Часть файла</translation>
  </message>
  <message>
    <source>Password</source>
    <translation>Пароль</translation>
  </message>
  <message>
    <source>Paste GeoJSON, or drop a file anywhere</source>
    <translation>Вставьте GeoJSON или перетащите файл в любое место</translation>
  </message>
  <message>
    <source>Pictures of Helsinki, until those of the chosen place are made.</source>
    <translation>Картинки Хельсинки, пока не готовы картинки выбранного места.</translation>
  </message>
  <message>
    <source>Pictures of the chosen place.</source>
    <translation>Картинки выбранного места.</translation>
  </message>
  <message>
    <source>Pictures of the place before, until those of the chosen one are made.</source>
    <translation>Картинки прежнего места, пока не готовы картинки выбранного.</translation>
  </message>
  <message>
    <source>Place or street</source>
    <translation>Место или улица</translation>
  </message>
  <message>
    <source>Places found</source>
    <translation>Найденные места</translation>
  </message>
  <message>
    <source>Places found: {0}</source>
    <translation>Найдено мест: {0}</translation>
  </message>
  <message>
    <source>Plotters, lasers</source>
    <translation>Плоттеры, лазеры</translation>
  </message>
  <message>
    <source>Polygon</source>
    <translation>Многоугольник</translation>
  </message>
  <message>
    <source>Present password</source>
    <translation>Нынешний пароль</translation>
  </message>
  <message>
    <source>Press on the map for each corner; press the first one again to end.</source>
    <translation>Нажимайте на карту в каждой вершине; чтобы закончить, нажмите на первую.</translation>
  </message>
  <message>
    <source>Press the first corner again, or Enter, to end; Backspace takes the last one back.</source>
    <translation>Чтобы закончить, нажмите на первую вершину или Enter; Backspace убирает последнюю.</translation>
  </message>
  <message>
    <source>Print</source>
    <translation>Печать</translation>
  </message>
  <message>
    <source>Programs make maps with a key of yours.</source>
    <translation>С вашим ключом карты делают программы.</translation>
  </message>
  <message>
    <source>Progress</source>
    <translation>Ход работы</translation>
  </message>
  <message>
    <source>Proven with</source>
    <translation>Проверено в</translation>
  </message>
  <message>
    <source>Queue</source>
    <translation>Очередь</translation>
  </message>
  <message>
    <source>Quick start</source>
    <translation>Быстрый старт</translation>
  </message>
  <message>
    <source>Reason</source>
    <translation>Причина</translation>
  </message>
  <message>
    <source>Refuse its keys and end its tasks?</source>
    <translation>Отклонять его ключи и завершить его задания?</translation>
  </message>
  <message>
    <source>Refuse this key from now on?</source>
    <translation>Больше не принимать этот ключ?</translation>
  </message>
  <message>
    <source>Register</source>
    <translation>Регистрация</translation>
  </message>
  <message>
    <source>Repeat</source>
    <translation>Повторить</translation>
  </message>
  <message>
    <source>Revoke</source>
    <translation>Отозвать</translation>
  </message>
  <message>
    <source>Rotate</source>
    <translation>Заменить</translation>
  </message>
  <message>
    <source>Sample</source>
    <translation>Образец</translation>
  </message>
  <message>
    <source>Say what the key may do: one of the two at least.</source>
    <translation>Укажите, что может ключ: хотя бы одно из двух.</translation>
  </message>
  <message>
    <source>Scale 1 : {0}</source>
    <translation>Масштаб 1 : {0}</translation>
  </message>
  <message>
    <source>Search</source>
    <translation>Найти</translation>
  </message>
  <message>
    <source>Search by name, or latitude and longitude</source>
    <translation>Название или широта и долгота</translation>
  </message>
  <message>
    <source>Search formats</source>
    <translation>Поиск форматов</translation>
  </message>
  <message>
    <source>Send me a link</source>
    <translation>Прислать ссылку</translation>
  </message>
  <message>
    <source>Sent.</source>
    <translation>Отправлено.</translation>
  </message>
  <message>
    <source>Server</source>
    <translation>Сервер</translation>
  </message>
  <message>
    <source>Service Unavailable</source>
    <translation>Сервис недоступен</translation>
  </message>
  <message>
    <source>Sessions</source>
    <translation>Сеансы</translation>
  </message>
  <message>
    <source>Set</source>
    <translation>Задать</translation>
  </message>
  <message>
    <source>Settings</source>
    <translation>Настройки</translation>
  </message>
  <message>
    <source>Sheet</source>
    <translation>Оформление листа</translation>
  </message>
  <message>
    <source>Sign in</source>
    <translation>Войти</translation>
  </message>
  <message>
    <source>Sign in to make maps</source>
    <translation>Войдите, чтобы делать карты</translation>
  </message>
  <message>
    <source>Sign in to make maps here.</source>
    <translation>Войдите, чтобы делать здесь карты.</translation>
  </message>
  <message>
    <source>Sign out</source>
    <translation>Выйти</translation>
  </message>
  <message>
    <source>Sign out and in again first, so that it is you.</source>
    <translation>Сначала выйдите и войдите снова, чтобы было ясно, что это вы.</translation>
  </message>
  <message>
    <source>Sign out everywhere</source>
    <translation>Выйти везде</translation>
  </message>
  <message>
    <source>Since the beginning:</source>
    <translation>С самого начала:</translation>
  </message>
  <message>
    <source>Skip to the content</source>
    <translation>К содержанию</translation>
  </message>
  <message>
    <source>Somebody, perhaps you, wanted to register this address, which has an account already. If you forgot the password, choose another one here:</source>
    <translation>Кто-то, возможно вы, хотел зарегистрировать этот адрес, но аккаунт с ним уже есть. Если вы забыли пароль, задайте новый здесь:</translation>
  </message>
  <message>
    <source>Something of the request is wrong; field names it.</source>
    <translation>В запросе что-то не так; поле названо в field.</translation>
  </message>
  <message>
    <source>Something unexpected went wrong in the server; its operator can look into the log.</source>
    <translation>На сервере случилось непредвиденное; подробности в журнале оператора.</translation>
  </message>
  <message>
    <source>Something went wrong.</source>
    <translation>Что-то пошло не так.</translation>
  </message>
  <message>
    <source>South</source>
    <translation>Юг</translation>
  </message>
  <message>
    <source>South, -85.06 to 85.06.</source>
    <translation>Юг, от -85.06 до 85.06.</translation>
  </message>
  <message>
    <source>Square, 21 cm</source>
    <translation>Квадрат, 21 см</translation>
  </message>
  <message>
    <source>Square, 30 cm</source>
    <translation>Квадрат, 30 см</translation>
  </message>
  <message>
    <source>Square, 50 cm</source>
    <translation>Квадрат, 50 см</translation>
  </message>
  <message>
    <source>Status of the service</source>
    <translation>Состояние сервиса</translation>
  </message>
  <message>
    <source>Styles</source>
    <translation>Стили</translation>
  </message>
  <message>
    <source>Tables</source>
    <translation>Таблицы</translation>
  </message>
  <message>
    <source>Take what is in view</source>
    <translation>Всё видимое</translation>
  </message>
  <message>
    <source>Taken of the disk</source>
    <translation>Занято на диске</translation>
  </message>
  <message>
    <source>Taken: polygons {0}, points {1}.</source>
    <translation>Принято: многоугольников {0}, точек {1}.</translation>
  </message>
  <message>
    <source>Task</source>
    <translation>Задание</translation>
  </message>
  <message>
    <source>Tasks</source>
    <translation>Задания</translation>
  </message>
  <message>
    <source>Tasks and their files, as long as the tier keeps them ({0}); after {1} days their rows are forgotten, too.</source>
    <translation>Задания и их файлы — столько, сколько их хранит тариф ({0}); через {1} дней забываются и записи о них.</translation>
  </message>
  <message>
    <source>Ten characters or more.</source>
    <translation>Не меньше десяти знаков.</translation>
  </message>
  <message>
    <source>Terms and notice</source>
    <translation>Условия и указания</translation>
  </message>
  <message>
    <source>That did not work</source>
    <translation>Не получилось</translation>
  </message>
  <message>
    <source>That is longer than it may be.</source>
    <translation>Это длиннее, чем может быть.</translation>
  </message>
  <message>
    <source>That is your own account: you would lock yourself out.</source>
    <translation>Это ваш собственный аккаунт: вы закрыли бы себе вход.</translation>
  </message>
  <message>
    <source>That password is too easy to guess. Four words make a good one.</source>
    <translation>Такой пароль легко угадать. Хороший пароль — четыре слова.</translation>
  </message>
  <message>
    <source>That service signs nobody in here any more.</source>
    <translation>Через эту службу сюда больше не войти.</translation>
  </message>
  <message>
    <source>That took too long, or began in another browser. Try again.</source>
    <translation>Это длилось слишком долго или началось в другом браузере. Попробуйте ещё раз.</translation>
  </message>
  <message>
    <source>The account is deleted.</source>
    <translation>Аккаунт удалён.</translation>
  </message>
  <message>
    <source>The address or the password is not right.</source>
    <translation>Адрес или пароль неверны.</translation>
  </message>
  <message>
    <source>The area as GeoJSON polygons in place of bbox, in degrees.</source>
    <translation>Область полигонами GeoJSON вместо bbox, в градусах.</translation>
  </message>
  <message>
    <source>The area as a box: min_lon, min_lat, max_lon, max_lat.</source>
    <translation>Область прямоугольником: min_lon, min_lat, max_lon, max_lat.</translation>
  </message>
  <message>
    <source>The area is larger than the tier allows.</source>
    <translation>Область больше, чем позволяет тариф.</translation>
  </message>
  <message>
    <source>The area is now at {0}.</source>
    <translation>Область теперь здесь: {0}.</translation>
  </message>
  <message>
    <source>The area is too small.</source>
    <translation>Область слишком мала.</translation>
  </message>
  <message>
    <source>The body came too slowly.</source>
    <translation>Тело запроса пришло слишком медленно.</translation>
  </message>
  <message>
    <source>The body is not plain application/json.</source>
    <translation>Тело запроса — не простой application/json.</translation>
  </message>
  <message>
    <source>The body is too large.</source>
    <translation>Тело запроса слишком велико.</translation>
  </message>
  <message>
    <source>The count begins anew at {0} UTC.</source>
    <translation>Счёт начнётся заново {0} UTC.</translation>
  </message>
  <message>
    <source>The data are available under the Open Database License 1.0 (ODbL).</source>
    <translation>Данные доступны по лицензии Open Database License 1.0 (ODbL).</translation>
  </message>
  <message>
    <source>The file is not the one that If-Match names.</source>
    <translation>Файл не тот, что назван в If-Match.</translation>
  </message>
  <message>
    <source>The file is too large.</source>
    <translation>Файл слишком большой.</translation>
  </message>
  <message>
    <source>The formats, and what this server writes</source>
    <translation>Форматы и то, что пишет этот сервер</translation>
  </message>
  <message>
    <source>The groups of layers</source>
    <translation>Группы слоёв</translation>
  </message>
  <message>
    <source>The key has not the scope that this needs, which stands in scope.</source>
    <translation>У ключа нет нужного права; оно названо в scope.</translation>
  </message>
  <message>
    <source>The key is missing, not valid or revoked.</source>
    <translation>Ключа нет, он неверен или отозван.</translation>
  </message>
  <message>
    <source>The link does not hold an area.</source>
    <translation>В ссылке нет области.</translation>
  </message>
  <message>
    <source>The link works for an hour. If you did not ask for this, do nothing.</source>
    <translation>Ссылка действует час. Если вы этого не просили, ничего не делайте.</translation>
  </message>
  <message>
    <source>The map data of that place cannot be read just now. Try again in a minute.</source>
    <translation>Данные этого места сейчас не читаются. Попробуйте через минуту.</translation>
  </message>
  <message>
    <source>The map data of that place could not be read; the request is given back.</source>
    <translation>Данные карты этого места не удалось прочесть; запрос возвращён.</translation>
  </message>
  <message>
    <source>The map is as complete and as right as what people have entered: do not trust your life to it.</source>
    <translation>Карта настолько полна и верна, насколько её заполнили люди: не доверяйте ей свою жизнь.</translation>
  </message>
  <message>
    <source>The map is being drawn: {0} %</source>
    <translation>Карта рисуется: {0} %</translation>
  </message>
  <message>
    <source>The map styles</source>
    <translation>Стили карты</translation>
  </message>
  <message>
    <source>The maps of this day are used up. The next ones begin at midnight UTC.</source>
    <translation>Карты на сегодня закончились. Новые — с полуночи по UTC.</translation>
  </message>
  <message>
    <source>The next of the page before.</source>
    <translation>Значение next предыдущей страницы.</translation>
  </message>
  <message>
    <source>The oldest waits</source>
    <translation>Старейшее ждёт</translation>
  </message>
  <message>
    <source>The other service cannot be reached just now. Try again later, or take another way.</source>
    <translation>Другая служба сейчас недоступна. Попробуйте позже или войдите иначе.</translation>
  </message>
  <message>
    <source>The other service did not say who you are. Try again, or take another way.</source>
    <translation>Другая служба не сказала, кто вы. Попробуйте ещё раз или войдите иначе.</translation>
  </message>
  <message>
    <source>The other service has not verified your e-mail address. Confirm it there, then try again.</source>
    <translation>Другая служба не проверила ваш адрес почты. Подтвердите его там и попробуйте ещё раз.</translation>
  </message>
  <message>
    <source>The outline is not sound: it crosses itself, or its parts overlap.</source>
    <translation>Контур неверен: он пересекает сам себя или его части накладываются.</translation>
  </message>
  <message>
    <source>The outline is too large; take a simpler one.</source>
    <translation>Контур слишком велик; возьмите проще.</translation>
  </message>
  <message>
    <source>The page is older than the server. Open it anew.</source>
    <translation>Страница старше сервера. Откройте её заново.</translation>
  </message>
  <message>
    <source>The page was open for too long, or this form was not sent from here. Open it anew and try again.</source>
    <translation>Страница была открыта слишком долго, или форма отправлена не отсюда. Откройте её заново и попробуйте ещё раз.</translation>
  </message>
  <message>
    <source>The page was open for too long. Open it anew.</source>
    <translation>Страница была открыта слишком долго. Откройте её заново.</translation>
  </message>
  <message>
    <source>The password is changed. Sign in with the new one.</source>
    <translation>Пароль изменён. Войдите с новым.</translation>
  </message>
  <message>
    <source>The password is changed; all other sessions have ended.</source>
    <translation>Пароль изменён; все другие сеансы завершены.</translation>
  </message>
  <message>
    <source>The password is longer than two hundred characters.</source>
    <translation>Пароль длиннее двухсот знаков.</translation>
  </message>
  <message>
    <source>The password is not right.</source>
    <translation>Пароль неверен.</translation>
  </message>
  <message>
    <source>The password is too short: take ten characters or more.</source>
    <translation>Пароль слишком короткий: нужно не меньше десяти знаков.</translation>
  </message>
  <message>
    <source>The process lives</source>
    <translation>Процесс жив</translation>
  </message>
  <message>
    <source>The program</source>
    <translation>Программа</translation>
  </message>
  <message>
    <source>The range lies outside the file.</source>
    <translation>Диапазон лежит вне файла.</translation>
  </message>
  <message>
    <source>The range only of this ETag, else all.</source>
    <translation>Диапазон только при этом ETag, иначе весь файл.</translation>
  </message>
  <message>
    <source>The request did not arrive in time. Try again.</source>
    <translation>Запрос не дошёл вовремя. Попробуйте ещё раз.</translation>
  </message>
  <message>
    <source>The results are not kept any more.</source>
    <translation>Файлы больше не хранятся.</translation>
  </message>
  <message>
    <source>The results of this task are not kept any more.</source>
    <translation>Результаты этого задания больше не хранятся.</translation>
  </message>
  <message>
    <source>The same body as for /api/render; makes nothing and counts against nothing.</source>
    <translation>Тело то же, что для /api/render; ничего не создаёт и в норму не идёт.</translation>
  </message>
  <message>
    <source>The same key with the same request makes one task, however often it is sent.</source>
    <translation>С одним и тем же ключом один и тот же запрос создаёт одно задание, сколько раз его ни отправь.</translation>
  </message>
  <message>
    <source>The same place in each style. Every one goes with every format, down to layers and colours.</source>
    <translation>Одно и то же место в каждом стиле. Любой подходит к любому формату, вплоть до слоёв и цветов.</translation>
  </message>
  <message>
    <source>The server can work</source>
    <translation>Сервер готов к работе</translation>
  </message>
  <message>
    <source>The server cannot do it just now; Retry-After says how many seconds to wait.</source>
    <translation>Сервер сейчас этого не может; сколько секунд ждать, сказано в Retry-After.</translation>
  </message>
  <message>
    <source>The server cannot reach its storage just now. Try again in a few seconds.</source>
    <translation>Сервер сейчас не может обратиться к хранилищу. Попробуйте через несколько секунд.</translation>
  </message>
  <message>
    <source>The server does not answer. Is there a connection?</source>
    <translation>Сервер не отвечает. Есть ли связь?</translation>
  </message>
  <message>
    <source>The server has no room just now. Try again later.</source>
    <translation>На сервере сейчас нет места. Попробуйте позже.</translation>
  </message>
  <message>
    <source>The source {0} is out:</source>
    <translation>Источник {0} не работает:</translation>
  </message>
  <message>
    <source>The task broke off more than once. It is given back.</source>
    <translation>Задание прерывалось больше одного раза. Запрос возвращён.</translation>
  </message>
  <message>
    <source>The task needed too much memory; ask for a smaller area or a lower detail level.</source>
    <translation>Заданию не хватило памяти; возьмите меньшую область или меньшую подробность.</translation>
  </message>
  <message>
    <source>The task took too long; ask for a smaller area, fewer formats, or a lower detail level.</source>
    <translation>Задание заняло слишком много времени; возьмите меньшую область, меньше форматов или меньшую подробность.</translation>
  </message>
  <message>
    <source>The task was cancelled.</source>
    <translation>Задание отменено.</translation>
  </message>
  <message>
    <source>The tier does not allow it, and waiting a minute does not help: area, format, or the day's requests.</source>
    <translation>Тариф этого не позволяет, и ждать минуту бесполезно: площадь, формат или запросы за день.</translation>
  </message>
  <message>
    <source>The title is one line of at most 200 characters.</source>
    <translation>Заголовок — одна строка не длиннее 200 знаков.</translation>
  </message>
  <message>
    <source>The usual ones</source>
    <translation>Обычные</translation>
  </message>
  <message>
    <source>There is no polygon in it.</source>
    <translation>В нём нет многоугольника.</translation>
  </message>
  <message>
    <source>There is no such account.</source>
    <translation>Такого аккаунта нет.</translation>
  </message>
  <message>
    <source>There is no such key.</source>
    <translation>Такого ключа нет.</translation>
  </message>
  <message>
    <source>There is no such task.</source>
    <translation>Такого задания нет.</translation>
  </message>
  <message>
    <source>There is no such thing, or it is somebody else's.</source>
    <translation>Такого нет, или это чужое.</translation>
  </message>
  <message>
    <source>There is nothing at this address.</source>
    <translation>По этому адресу ничего нет.</translation>
  </message>
  <message>
    <source>There were too many attempts. Wait a few minutes, then try again.</source>
    <translation>Слишком много попыток. Подождите несколько минут и попробуйте снова.</translation>
  </message>
  <message>
    <source>These are no degrees of longitude and latitude.</source>
    <translation>Это не градусы долготы и широты.</translation>
  </message>
  <message>
    <source>This account is closed. Ask the operator of this server.</source>
    <translation>Эта учётная запись закрыта. Обратитесь к владельцу сервера.</translation>
  </message>
  <message>
    <source>This browser cannot show the map; type the sides of the area.</source>
    <translation>Этот браузер не может показать карту; впишите края области.</translation>
  </message>
  <message>
    <source>This document</source>
    <translation>Этот документ</translation>
  </message>
  <message>
    <source>This file is lost; make the map again.</source>
    <translation>Этот файл потерян; сделайте карту ещё раз.</translation>
  </message>
  <message>
    <source>This is no GeoJSON.</source>
    <translation>Это не GeoJSON.</translation>
  </message>
  <message>
    <source>This is no e-mail address.</source>
    <translation>Это не адрес почты.</translation>
  </message>
  <message>
    <source>This key is revoked already.</source>
    <translation>Этот ключ уже отозван.</translation>
  </message>
  <message>
    <source>This key may not do that.</source>
    <translation>Этому ключу это не разрешено.</translation>
  </message>
  <message>
    <source>This link was used already, or is older than an hour.</source>
    <translation>Ссылка уже использована или ей больше часа.</translation>
  </message>
  <message>
    <source>This server cannot write a format that was chosen.</source>
    <translation>Этот сервер не может записать выбранный формат.</translation>
  </message>
  <message>
    <source>This server has no map data of that place.</source>
    <translation>У этого сервера нет данных этого места.</translation>
  </message>
  <message>
    <source>This server writes {0} of {1} formats. Every file is opened by another program before a release.</source>
    <translation>Этот сервер пишет {0} форматов из {1}. Каждый файл перед выпуском открывает другая программа.</translation>
  </message>
  <message>
    <source>Those in this state alone.</source>
    <translation>Только те, что в этом состоянии.</translation>
  </message>
  <message>
    <source>Tier</source>
    <translation>Тариф</translation>
  </message>
  <message>
    <source>Tier of {0}</source>
    <translation>Тариф аккаунта {0}</translation>
  </message>
  <message>
    <source>Tier {0}</source>
    <translation>Тариф {0}</translation>
  </message>
  <message>
    <source>Tiers</source>
    <translation>Тарифы</translation>
  </message>
  <message>
    <source>Title</source>
    <translation>Заголовок</translation>
  </message>
  <message>
    <source>Today</source>
    <translation>Сегодня</translation>
  </message>
  <message>
    <source>Too many calls. Wait a minute.</source>
    <translation>Слишком много запросов. Подождите минуту.</translation>
  </message>
  <message>
    <source>Too many maps are waiting just now. Try again in a while.</source>
    <translation>Слишком много карт в очереди. Попробуйте чуть позже.</translation>
  </message>
  <message>
    <source>Too many pages listen just now.</source>
    <translation>Сейчас слушает слишком много страниц.</translation>
  </message>
  <message>
    <source>Too many requests in a short time; Retry-After says how many seconds to wait.</source>
    <translation>Слишком много запросов за короткое время; сколько секунд ждать, сказано в Retry-After.</translation>
  </message>
  <message>
    <source>Try the calls</source>
    <translation>Попробовать вызовы</translation>
  </message>
  <message>
    <source>Two cookies: one that knows you from page to page, which ends {0} days after its last use, and one for the language.</source>
    <translation>Два файла cookie: один узнаёт вас от страницы к странице и истекает через {0} дней после последнего использования, другой — для языка.</translation>
  </message>
  <message>
    <source>Type four numbers: west before east, south before north.</source>
    <translation>Впишите четыре числа: запад меньше востока, юг меньше севера.</translation>
  </message>
  <message>
    <source>Unlink</source>
    <translation>Отвязать</translation>
  </message>
  <message>
    <source>Waiting</source>
    <translation>Ждут</translation>
  </message>
  <message>
    <source>Waiting: next</source>
    <translation>Ожидание: следующая</translation>
  </message>
  <message>
    <source>Waiting: {0} in the queue</source>
    <translation>Ожидание: место в очереди {0}</translation>
  </message>
  <message>
    <source>Web</source>
    <translation>Веб</translation>
  </message>
  <message>
    <source>West</source>
    <translation>Запад</translation>
  </message>
  <message>
    <source>West, -180 to 180.</source>
    <translation>Запад, от -180 до 180.</translation>
  </message>
  <message>
    <source>What</source>
    <translation>Что</translation>
  </message>
  <message>
    <source>What a task would take</source>
    <translation>Сколько займёт задание</translation>
  </message>
  <message>
    <source>What happened</source>
    <translation>Что происходило</translation>
  </message>
  <message>
    <source>What is kept of you</source>
    <translation>Что хранится о вас</translation>
  </message>
  <message>
    <source>What the file is for</source>
    <translation>Для чего файл</translation>
  </message>
  <message>
    <source>When, UTC</source>
    <translation>Когда, UTC</translation>
  </message>
  <message>
    <source>Whoever shows a map that was made here names them: the notice stands on every picture and in every file that can hold one. Leave it there, or write it beside the map. A database that you make of the data and share stays under the ODbL.</source>
    <translation>Кто показывает сделанную здесь карту, называет их: указание стоит на каждой картинке и в каждом файле, где для него есть место. Оставьте его там или напишите рядом с картой. База данных, которую вы делаете из этих данных и распространяете, остаётся под ODbL.</translation>
  </message>
  <message>
    <source>Whose</source>
    <translation>Чьё</translation>
  </message>
  <message>
    <source>With a key, in the header {0}.</source>
    <translation>С ключом, в заголовке {0}.</translation>
  </message>
  <message>
    <source>With this server's address and a place that its data cover. Put your key where it says so.</source>
    <translation>С адресом этого сервера и местом, которое есть в его данных. Впишите свой ключ, где указано.</translation>
  </message>
  <message>
    <source>With your key, or by the signed link in files[].url of the status, which needs none.</source>
    <translation>С вашим ключом или по подписанной ссылке из files[].url состояния — ей ключ не нужен.</translation>
  </message>
  <message>
    <source>With your new key, this server's address and a place that its data cover.</source>
    <translation>С вашим новым ключом, адресом этого сервера и местом, которое есть в его данных.</translation>
  </message>
  <message>
    <source>Yes, this address is mine</source>
    <translation>Да, это мой адрес</translation>
  </message>
  <message>
    <source>You</source>
    <translation>Вы</translation>
  </message>
  <message>
    <source>You already have an account</source>
    <translation>У вас уже есть аккаунт</translation>
  </message>
  <message>
    <source>You are signed out everywhere.</source>
    <translation>Вы вышли на всех устройствах.</translation>
  </message>
  <message>
    <source>You did not allow it there, so nobody is signed in here.</source>
    <translation>Вы не дали там разрешения, поэтому вход не выполнен.</translation>
  </message>
  <message>
    <source>You have as many keys as an account can have. Revoke one first.</source>
    <translation>Ключей уже столько, сколько может быть у аккаунта. Сначала отзовите один.</translation>
  </message>
  <message>
    <source>You sign in without a password. With one you can sign in either way.</source>
    <translation>Вы входите без пароля. С паролем можно входить и так, и так.</translation>
  </message>
  <message>
    <source>You signed in more than a quarter of an hour ago. Sign out and in again, then do this.</source>
    <translation>Вы вошли больше четверти часа назад. Выйдите и войдите снова, затем повторите.</translation>
  </message>
  <message>
    <source>Your account</source>
    <translation>Ваш аккаунт</translation>
  </message>
  <message>
    <source>Your address is confirmed. Sign in with your password.</source>
    <translation>Адрес подтверждён. Войдите со своим паролем.</translation>
  </message>
  <message>
    <source>Your data</source>
    <translation>Ваши данные</translation>
  </message>
  <message>
    <source>Your map</source>
    <translation>Ваша карта</translation>
  </message>
  <message>
    <source>Your new key</source>
    <translation>Ваш новый ключ</translation>
  </message>
  <message>
    <source>Your tasks, the newest first</source>
    <translation>Ваши задания, сначала новые</translation>
  </message>
  <message>
    <source>Your tier and what is used of it</source>
    <translation>Ваш тариф и сколько из него израсходовано</translation>
  </message>
  <message>
    <source>a header</source>
    <translation>заголовок</translation>
  </message>
  <message>
    <source>a wrong password</source>
    <translation>неверный пароль</translation>
  </message>
  <message>
    <source>account closed</source>
    <translation>аккаунт закрыт</translation>
  </message>
  <message>
    <source>account created</source>
    <translation>аккаунт создан</translation>
  </message>
  <message>
    <source>account of somebody closed</source>
    <translation>закрыт чужой аккаунт</translation>
  </message>
  <message>
    <source>account of somebody opened</source>
    <translation>открыт чужой аккаунт</translation>
  </message>
  <message>
    <source>account opened</source>
    <translation>аккаунт открыт</translation>
  </message>
  <message>
    <source>airport</source>
    <translation>аэропорт</translation>
  </message>
  <message>
    <source>any number</source>
    <translation>сколько угодно</translation>
  </message>
  <message>
    <source>array of {0}</source>
    <translation>список: {0}</translation>
  </message>
  <message>
    <source>as fits</source>
    <translation>сколько поместится</translation>
  </message>
  <message>
    <source>as on the spot</source>
    <translation>как на месте</translation>
  </message>
  <message>
    <source>as the area lies</source>
    <translation>как лежит область</translation>
  </message>
  <message>
    <source>at work</source>
    <translation>работает</translation>
  </message>
  <message>
    <source>beginning</source>
    <translation>начало</translation>
  </message>
  <message>
    <source>behind the ?</source>
    <translation>после ?</translation>
  </message>
  <message>
    <source>cancelled</source>
    <translation>отменено</translation>
  </message>
  <message>
    <source>cannot be read</source>
    <translation>не читается</translation>
  </message>
  <message>
    <source>city</source>
    <translation>город</translation>
  </message>
  <message>
    <source>closed</source>
    <translation>закрыт</translation>
  </message>
  <message>
    <source>coordinates</source>
    <translation>координаты</translation>
  </message>
  <message>
    <source>cut to the map</source>
    <translation>по краю карты</translation>
  </message>
  <message>
    <source>d</source>
    <translation>дн.</translation>
  </message>
  <message>
    <source>data downloaded</source>
    <translation>данные скачаны</translation>
  </message>
  <message>
    <source>district</source>
    <translation>округ</translation>
  </message>
  <message>
    <source>ending</source>
    <translation>завершается</translation>
  </message>
  <message>
    <source>failed</source>
    <translation>не получилось</translation>
  </message>
  <message>
    <source>finished</source>
    <translation>готово</translation>
  </message>
  <message>
    <source>forest</source>
    <translation>лес</translation>
  </message>
  <message>
    <source>from before</source>
    <translation>из готового</translation>
  </message>
  <message>
    <source>from {0}</source>
    <translation>с тарифа {0}</translation>
  </message>
  <message>
    <source>h</source>
    <translation>ч</translation>
  </message>
  <message>
    <source>hamlet</source>
    <translation>деревня</translation>
  </message>
  <message>
    <source>hospital</source>
    <translation>больница</translation>
  </message>
  <message>
    <source>in the address</source>
    <translation>в адресе</translation>
  </message>
  <message>
    <source>in the making</source>
    <translation>делается</translation>
  </message>
  <message>
    <source>in use</source>
    <translation>используется</translation>
  </message>
  <message>
    <source>kept until {0}</source>
    <translation>хранится до {0}</translation>
  </message>
  <message>
    <source>key created</source>
    <translation>ключ создан</translation>
  </message>
  <message>
    <source>key revoked</source>
    <translation>ключ отозван</translation>
  </message>
  <message>
    <source>key rotated</source>
    <translation>ключ заменён</translation>
  </message>
  <message>
    <source>km²</source>
    <translation>км²</translation>
  </message>
  <message>
    <source>landscape</source>
    <translation>альбомная</translation>
  </message>
  <message>
    <source>linked with</source>
    <translation>связано с</translation>
  </message>
  <message>
    <source>locality</source>
    <translation>местность</translation>
  </message>
  <message>
    <source>make and cancel maps</source>
    <translation>делать и отменять карты</translation>
  </message>
  <message>
    <source>min</source>
    <translation>мин</translation>
  </message>
  <message>
    <source>more than any tier has</source>
    <translation>больше, чем в любом тарифе</translation>
  </message>
  <message>
    <source>municipality</source>
    <translation>община</translation>
  </message>
  <message>
    <source>my script</source>
    <translation>мой скрипт</translation>
  </message>
  <message>
    <source>nature reserve</source>
    <translation>заповедник</translation>
  </message>
  <message>
    <source>neighbourhood</source>
    <translation>микрорайон</translation>
  </message>
  <message>
    <source>never</source>
    <translation>никогда</translation>
  </message>
  <message>
    <source>no address</source>
    <translation>без адреса</translation>
  </message>
  <message>
    <source>nobody works at tasks</source>
    <translation>заданиями никто не занят</translation>
  </message>
  <message>
    <source>none</source>
    <translation>нет</translation>
  </message>
  <message>
    <source>not kept any more</source>
    <translation>больше не хранится</translation>
  </message>
  <message>
    <source>not yet</source>
    <translation>ещё нет</translation>
  </message>
  <message>
    <source>of {0} km² in the tier {1}</source>
    <translation>из {0} км² тарифа {1}</translation>
  </message>
  <message>
    <source>operator</source>
    <translation>владелец сервера</translation>
  </message>
  <message>
    <source>operator from now on</source>
    <translation>назначен владельцем сервера</translation>
  </message>
  <message>
    <source>operator no more</source>
    <translation>больше не владелец сервера</translation>
  </message>
  <message>
    <source>or</source>
    <translation>или</translation>
  </message>
  <message>
    <source>overview</source>
    <translation>обзор</translation>
  </message>
  <message>
    <source>park, grounds</source>
    <translation>парк, территория</translation>
  </message>
  <message>
    <source>password changed</source>
    <translation>пароль изменён</translation>
  </message>
  <message>
    <source>path</source>
    <translation>тропа</translation>
  </message>
  <message>
    <source>peak</source>
    <translation>вершина</translation>
  </message>
  <message>
    <source>place of worship</source>
    <translation>храм</translation>
  </message>
  <message>
    <source>portrait</source>
    <translation>книжная</translation>
  </message>
  <message>
    <source>quarter</source>
    <translation>квартал</translation>
  </message>
  <message>
    <source>region</source>
    <translation>регион</translation>
  </message>
  <message>
    <source>registered</source>
    <translation>регистрация</translation>
  </message>
  <message>
    <source>required</source>
    <translation>обязательно</translation>
  </message>
  <message>
    <source>river</source>
    <translation>река</translation>
  </message>
  <message>
    <source>s</source>
    <translation>с</translation>
  </message>
  <message>
    <source>school</source>
    <translation>учебное заведение</translation>
  </message>
  <message>
    <source>see and download them</source>
    <translation>видеть и скачивать их</translation>
  </message>
  <message>
    <source>sight, culture</source>
    <translation>достопримечательность, культура</translation>
  </message>
  <message>
    <source>signed in</source>
    <translation>вход</translation>
  </message>
  <message>
    <source>signed in with</source>
    <translation>вход через</translation>
  </message>
  <message>
    <source>signed out everywhere</source>
    <translation>выход везде</translation>
  </message>
  <message>
    <source>site</source>
    <translation>участок</translation>
  </message>
  <message>
    <source>square</source>
    <translation>площадь</translation>
  </message>
  <message>
    <source>starting</source>
    <translation>запускается</translation>
  </message>
  <message>
    <source>station</source>
    <translation>станция</translation>
  </message>
  <message>
    <source>street</source>
    <translation>улица</translation>
  </message>
  <message>
    <source>the tier {0} has {1} km²; {2} has it</source>
    <translation>в тарифе {0} {1} км²; хватит тарифа {2}</translation>
  </message>
  <message>
    <source>the usual ones</source>
    <translation>обычные</translation>
  </message>
  <message>
    <source>tier of an account set</source>
    <translation>изменён тариф чужого аккаунта</translation>
  </message>
  <message>
    <source>tier set to</source>
    <translation>тариф изменён на</translation>
  </message>
  <message>
    <source>town</source>
    <translation>небольшой город</translation>
  </message>
  <message>
    <source>unlinked from</source>
    <translation>отвязано от</translation>
  </message>
  <message>
    <source>village</source>
    <translation>село</translation>
  </message>
  <message>
    <source>waiting</source>
    <translation>ждёт</translation>
  </message>
  <message>
    <source>waiting {0}</source>
    <translation>ожидание {0}</translation>
  </message>
  <message>
    <source>water</source>
    <translation>водоём</translation>
  </message>
  <message>
    <source>works until {0} UTC</source>
    <translation>работает до {0} UTC</translation>
  </message>
  <message>
    <source>{0} MB</source>
    <translation>{0} МБ</translation>
  </message>
  <message>
    <source>{0} See {1}.</source>
    <translation>{0} См. {1}.</translation>
  </message>
  <message>
    <source>{0} from {1} to {2}</source>
    <translation>{0} от {1} до {2}</translation>
  </message>
  <message>
    <source>{0} kB</source>
    <translation>{0} кБ</translation>
  </message>
  <message>
    <source>{0} km²</source>
    <translation>{0} км²</translation>
  </message>
  <message>
    <source>{0} min</source>
    <translation>{0} мин</translation>
  </message>
  <message>
    <source>{0} m²</source>
    <translation>{0} м²</translation>
  </message>
  <message>
    <source>{0} north, {1} east</source>
    <translation>{0} с. ш., {1} в. д.</translation>
  </message>
  <message>
    <source>{0} of {1}</source>
    <translation>{0} из {1}</translation>
  </message>
  <message>
    <source>{0} s</source>
    <translation>{0} с</translation>
  </message>
  <message>
    <source>{0} {1} to {2}{3}.</source>
    <translation>{0} От {1} до {2}{3}.</translation>
  </message>
  <message>
    <source>{0} {1}; the first by itself.</source>
    <translation>{0} Значения: {1}; если не указано — первое.</translation>
  </message>
  <message>
    <source>{0} × {1} mm</source>
    <translation>{0} × {1} мм</translation>
  </message>
</context>
</TS>
